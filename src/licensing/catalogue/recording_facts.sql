-- One row per (recording, right, fact) of the recordings of this part: everything that the degree of the recording depends
-- on. `work`: which work a link is about, NULL otherwise; `content`, `dates`, `territories` as in work_facts.sql; `inner_dates`:
-- the dates of the work's own facts. Readings are numbered within the recording.
-- A recording that a licence for rights in works lists is a case by itself, under its name.
WITH readings AS (
  SELECT recording, feed, recording_id, row_number() OVER (PARTITION BY recording ORDER BY feed, recording_id) AS reading
  FROM (SELECT DISTINCT recording, feed, recording_id FROM linked_works JOIN part_recordings USING (recording)) AS each
),
listed AS (
  SELECT n.item AS recording, l.* FROM part_recordings AS p
  JOIN repertoire AS n ON n.item = p.recording
  JOIN known_licences AS l ON l.row_id = n.row_id
)
SELECT l.recording, r."right", l.work,
  hash('link', g.reading, l.variant, l.weight, l.duration_ms, w.high, w.low) AS content, [l."from", l."to"] AS dates,
  coalesce(w.territories, []) AS territories, coalesce(w.dates, []) AS inner_dates
FROM linked_works AS l
JOIN readings AS g USING (recording, feed, recording_id)
CROSS JOIN (VALUES ('mech'), ('perf')) AS r("right")
LEFT JOIN work_shapes AS w ON w.work = l.work AND w."right" = r."right"
UNION ALL
SELECT l.recording, l."right", NULL, hash('listed', l.recording), list_concat(
    [l.from_first, l.from_last, l.to_first, l.to_last], [m.from_first, m.from_last, m.to_first, m.to_last]),
  [l.territories, coalesce(m.territories, 'WORLD')], []
FROM listed AS l
LEFT JOIN licensors AS o ON o.row_id = l.row_id
LEFT JOIN mandates AS m ON m.licensor = o.licensor AND m."right" = o."right"
WHERE l."right" IN ('mech', 'perf')
UNION ALL
SELECT recording, 'master', NULL, hash('deal', feed, coverage, territories),
  [from_first, from_last, to_first, to_last], [territories], []
FROM listed WHERE "right" = 'master'
UNION ALL
SELECT n.item, 'master', NULL, hash('take-down', d.feed, d.territories),
  [d.from_first, d.from_last, d.to_first, d.to_last], [d.territories], []
FROM part_recordings AS p
JOIN repertoire AS n ON n.item = p.recording
JOIN known_takedowns AS d ON d.row_id = n.row_id
UNION ALL
SELECT DISTINCT i.recording, 'master', NULL, hash('delivered', i.feed), NULL, [], []
FROM part_recordings AS p
JOIN recording_identities AS i ON i.recording = p.recording
WHERE i.feed IN (SELECT feed FROM open_terms WHERE "right" = 'master' AND repertoire_kind = 'all')
UNION ALL
SELECT p.recording, t."right", NULL, t.content, t.dates, t.territories, []
FROM part_recordings AS p CROSS JOIN open_terms AS t
UNION ALL
SELECT p.recording, r."right", NULL, hash('recording'), NULL, [], []
FROM part_recordings AS p CROSS JOIN asked_rights AS r
