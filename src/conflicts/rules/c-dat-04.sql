-- rule: C-DAT-04
-- name: Backdated change
-- severity: 2
-- kind: rows
-- reads: any
-- magnitude: total: days from the start of the row to its receipt; over: the same
-- next: Show it as retroactive: what was known before, and what holds since.
-- One row per share or licence that was stated anew, new or changed, in a later delivery than the feed's first of that
-- relation, and holds from more than 30 days before its receipt. What is received on another day is another change.
SELECT d.subject_kind, d.subject, d."right", d.atoms, d."from", CAST(d.known_from AS DATE) AS "to",
  CAST(date_diff('day', d."from", CAST(d.known_from AS DATE)) * 1000000 AS BIGINT) AS total,
  CAST(date_diff('day', d."from", CAST(d.known_from AS DATE)) * 1000000 AS BIGINT) AS over, NULL::BIGINT AS streams, d.parties,
  [d.ref] AS refs, concat('received ', CAST(d.known_from AS DATE)) AS detail
FROM dated_rows AS d JOIN first_deliveries AS f ON f.feed = d.feed AND f.relation = d.relation
WHERE d.relation IN ('shares', 'licences') AND d.known_from > f.received AND d."from" < CAST(d.known_from AS DATE) - 30
  AND (d."to" IS NULL OR d."to" > d."from")
