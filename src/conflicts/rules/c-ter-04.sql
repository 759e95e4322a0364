-- rule: C-TER-04
-- name: Territory included and excluded
-- severity: 3
-- kind: rows
-- reads: any
-- magnitude: none
-- next: Ask the provider which is meant; until then the territory counts as excluded.
-- One row per statement and code that its territories both include and exclude.
SELECT d.subject_kind, d.subject, d."right", x.atoms, d."from", d."to", NULL::BIGINT AS total, NULL::BIGINT AS over,
  NULL::BIGINT AS streams, d.parties, [d.ref] AS refs, concat('included and excluded: ', p.code) AS detail
FROM territorial_rows AS d JOIN problem_texts AS p USING (territories)
LEFT JOIN problem_atoms AS x USING (code)
WHERE p.kind = 'contradiction'
