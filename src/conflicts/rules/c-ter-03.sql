-- rule: C-TER-03
-- name: Unknown, retired or ambiguous territory code
-- severity: 3
-- kind: rows
-- reads: any
-- magnitude: none
-- next: Map the code, with a note of why.
-- One row per statement with a code that is in no table of today's ISO 3166-1 or TIS, or of a country that is no more, or of
-- a part of a country. Such codes cover nothing.
SELECT d.subject_kind, d.subject, d."right", NULL::BIT AS atoms, d."from", d."to", NULL::BIGINT AS total, NULL::BIGINT AS over,
  NULL::BIGINT AS streams, d.parties, [d.ref] AS refs, concat(p.kind, ' code ', p.code) AS detail
FROM territorial_rows AS d JOIN problem_texts AS p USING (territories)
WHERE p.kind <> 'contradiction'
