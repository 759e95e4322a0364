-- One row per (recording, right, fact) of the recordings of this part: everything that the degree of the recording depends on, but
-- for licences that reach all recordings alike.
-- `target`: which work a link is about, NULL otherwise; `content`: a number for what it says but for dates and names; days on which
-- it begins and ends, NULL where open; `territories`: the text it uses; `picture`: that of the work by itself, of which only
-- the degree matters here, whatever makes it so (work_changes.sql). Readings are numbered within the recording.
WITH wanted AS (
  SELECT "right" FROM asked_rights
),
links AS (
  SELECT l.*, dense_rank() OVER (PARTITION BY l.recording ORDER BY l.feed, l.recording_id) AS reading
  FROM linked_works AS l JOIN part_recordings USING (recording)
),
listed AS (
  SELECT n.item AS recording, l.* FROM part_recordings AS p
  JOIN repertoire AS n ON n.item = p.recording
  JOIN known_licences AS l ON l.row_id = n.row_id
  WHERE l."right" IN (FROM wanted) AND (l."right" = 'master' OR l.coverage = 'whole-right')
)
SELECT l.recording, c."right", c.target, hash('link', l.reading, l.variant, l.weight, l.duration_ms, c.high, c.low) AS content,
  l."from" AS from_first, NULL::DATE AS from_last, l."to" AS to_first, NULL::DATE AS to_last, NULL AS territories, c.picture
FROM links AS l
JOIN all_targets AS t ON t.recording = l.recording AND t.work = l.work
JOIN work_changes AS c ON c.target = t.target
WHERE c."right" IN (FROM wanted)
UNION ALL
SELECT recording, "right", NULL, hash('deal', feed, coverage, territories), from_first, from_last, to_first, to_last, territories, NULL
FROM listed
UNION ALL
SELECT p.recording, 'master', NULL, hash('take-down', d.feed, d.territories), d.from_first, d.from_last, d.to_first, d.to_last,
  d.territories, NULL
FROM part_recordings AS p
JOIN repertoire AS n ON n.item = p.recording
JOIN known_takedowns AS d ON d.row_id = n.row_id
WHERE 'master' IN (FROM wanted)
UNION ALL
SELECT DISTINCT p.recording, 'master', NULL, hash('delivered', i.feed), NULL, NULL, NULL, NULL, NULL, NULL
FROM part_recordings AS p
JOIN recording_identities AS i ON i.recording = p.recording
WHERE i.feed IN (SELECT feed FROM open_terms WHERE "right" = 'master' AND repertoire_kind = 'all') AND 'master' IN (FROM wanted)
