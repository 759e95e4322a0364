-- rule: C-LIC-07
-- name: Master delivered by two licensors
-- severity: 1
-- kind: rows
-- reads: licences
-- magnitude: total: the number of licensors; over: those beyond one
-- next: Write to the labels.
-- One row per (recording, territories, stretch of time) for which two licensors have a deal for the master at once. A deal that names no
-- licensor is its feed's. A take-down of the feed ends its deals where it holds.
WITH listed AS (
  SELECT p.item AS recording, l.row_id, l.feed, coalesce(i.party, concat('feed ', l.feed)) AS licensor, i.party, x.atoms,
    coalesce(l.from_first, DATE '0001-01-01') AS "from", coalesce(l.to_first, DATE '9999-12-31') AS "to"
  FROM known_licences AS l
  JOIN (
    SELECT row_id, item FROM repertoire
    UNION ALL
    SELECT l.row_id, r.recording FROM known_licences AS l JOIN (SELECT DISTINCT feed, recording FROM recording_identities) AS r ON r.feed = l.feed
    WHERE l."right" = 'master' AND l.repertoire_kind = 'all' AND l.coverage <> 'whole-right'
  ) AS p ON p.row_id = l.row_id
  JOIN text_atoms AS x ON x.territories = l.territories
  LEFT JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
  WHERE l."right" = 'master' AND l.repertoire_kind <> 'disputed'
),
deals AS (
  SELECT * FROM listed WHERE recording IN (SELECT recording FROM listed GROUP BY recording HAVING count(DISTINCT licensor) > 1)
),
down AS (
  SELECT d.row_id, d.recording, min(coalesce(t.from_first, DATE '0001-01-01')) AS "from", bit_or(y.atoms) AS atoms
  FROM deals AS d JOIN repertoire AS p ON p.item = d.recording
  JOIN known_takedowns AS t ON t.row_id = p.row_id AND t.feed = d.feed
  JOIN text_atoms AS y ON y.territories = t.territories
  GROUP BY d.row_id, d.recording
),
standing AS (
  SELECT d.recording, d.row_id, d.licensor, d.party, d.atoms, d."from", least(d."to", coalesce(w."from", d."to")) AS "to"
  FROM deals AS d LEFT JOIN down AS w USING (row_id, recording)
  UNION ALL
  SELECT d.recording, d.row_id, d.licensor, d.party, d.atoms & ~w.atoms, greatest(d."from", w."from"), d."to"
  FROM deals AS d JOIN down AS w USING (row_id, recording)
),
pairs AS (
  SELECT a.recording, a.atoms & b.atoms AS atoms, greatest(a."from", b."from") AS "from", least(a."to", b."to") AS "to",
    [a.licensor, b.licensor] AS licensors, [a.party, b.party] AS parties, [concat('licences:', a.row_id), concat('licences:', b.row_id)] AS refs
  FROM standing AS a JOIN standing AS b ON b.recording = a.recording AND a.licensor < b.licensor
  WHERE bit_count(a.atoms & b.atoms) > 0 AND greatest(a."from", b."from") < least(a."to", b."to")
)
SELECT 'recording' AS subject_kind, recording AS subject, 'master' AS "right", bit_or(atoms) AS atoms,
  CASE WHEN "from" > DATE '0001-01-01' THEN "from" END AS "from", CASE WHEN "to" < DATE '9999-12-31' THEN "to" END AS "to",
  CAST(len(list_distinct(flatten(list(licensors)))) * 1000000 AS BIGINT) AS total,
  CAST(len(list_distinct(flatten(list(licensors)))) * 1000000 - 1000000 AS BIGINT) AS over, NULL::BIGINT AS streams,
  list_sort(list_filter(list_distinct(flatten(list(parties))), p -> p IS NOT NULL)) AS parties,
  list_sort(list_distinct(flatten(list(refs)))) AS refs, NULL::VARCHAR AS detail
FROM pairs GROUP BY recording, "from", "to"
