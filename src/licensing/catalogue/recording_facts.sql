-- One row per (recording, cell, right, fact) of the recordings of this part: everything that the degree of the recording
-- depends on in a cell, or, where the cell is -1, in all of them. `work`: which work a link is about, NULL otherwise;
-- `content`, `dates`, `territories` as in work_facts.sql; `inner_dates`: the dates of the work's own facts. Readings are
-- numbered within the recording.
-- A recording that a licence for rights in works lists is a case by itself, under its name and those of all who claim it: the
-- licence tells them apart.
WITH parts AS (
  SELECT DISTINCT recording FROM part_recordings
),
readings AS (
  SELECT recording, feed, recording_id, row_number() OVER (PARTITION BY recording ORDER BY feed, recording_id) AS reading
  FROM (SELECT DISTINCT recording, feed, recording_id FROM linked_works JOIN parts USING (recording)) AS each
),
listed AS (
  SELECT n.item AS recording, p.cell, t.meaning, l.* FROM part_recordings AS p
  JOIN repertoire AS n ON n.item = p.recording
  JOIN known_licences AS l ON l.row_id = n.row_id
  JOIN text_meanings AS t ON t.place = p.cell || ' ' || l.territories
  WHERE l."right" IN (SELECT "right" FROM asked_rights)
),
-- Materialized for the same reason as in work_facts.sql.
listed_works AS MATERIALIZED (
  SELECT DISTINCT l.recording, l.cell, l."right", w.work, w.feed, w.id FROM listed AS l
  JOIN linked_works AS k ON k.recording = l.recording
  JOIN work_identities AS w ON w.work = k.work
  WHERE l."right" <> 'master'
)
SELECT p.recording, p.cell, r."right", l.work,
  hash('link', g.reading, l.variant, l.weight, l.duration_ms, w.high, w.low) AS content, [l."from", l."to"] AS dates,
  coalesce(w.territories, []) AS territories, coalesce(w.dates, []) AS inner_dates
FROM part_recordings AS p
JOIN linked_works AS l ON l.recording = p.recording
JOIN readings AS g ON g.recording = l.recording AND g.feed = l.feed AND g.recording_id = l.recording_id
CROSS JOIN (SELECT "right" FROM asked_rights WHERE "right" <> 'master') AS r
LEFT JOIN work_shapes AS w ON w.work = l.work AND w.cell = p.cell AND w."right" = r."right"
UNION ALL
SELECT l.recording, l.cell, l."right", l.work, hash('claim', i.party, s.feed, s.work_id, s.chain, s.kind, s."role", s.share,
    s.status, t.meaning), [s.from_first, s.from_last, s.to_first, s.to_last], [s.territories], []
FROM listed_works AS l
JOIN known_shares AS s ON s.feed = l.feed AND s.work_id = l.id AND s."right" = l."right"
JOIN text_meanings AS t ON t.place = l.cell || ' ' || s.territories
LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
UNION ALL
SELECT l.recording, l.cell, l."right", NULL,
  hash('listed', l.recording, l.coverage, o.licensor, m.claimant, l.meaning, m.territories), list_concat(
    [l.from_first, l.from_last, l.to_first, l.to_last], [m.from_first, m.from_last, m.to_first, m.to_last]),
  [l.territories, coalesce(m.territories, 'WORLD')], []
FROM listed AS l
LEFT JOIN licensors AS o ON o.row_id = l.row_id
LEFT JOIN mandates AS m ON m.licensor = o.licensor AND m."right" = o."right"
WHERE l."right" IN ('mech', 'perf')
UNION ALL
SELECT recording, cell, 'master', NULL, hash('deal', feed, coverage, meaning),
  [from_first, from_last, to_first, to_last], [territories], []
FROM listed WHERE "right" = 'master'
UNION ALL
SELECT p.recording, p.cell, 'master', NULL, hash('take-down', d.feed, t.meaning),
  [d.from_first, d.from_last, d.to_first, d.to_last], [d.territories], []
FROM part_recordings AS p
JOIN repertoire AS n ON n.item = p.recording
JOIN known_takedowns AS d ON d.row_id = n.row_id
JOIN text_meanings AS t ON t.place = p.cell || ' ' || d.territories
WHERE 'master' IN (SELECT "right" FROM asked_rights)
UNION ALL
SELECT DISTINCT p.recording, p.cell, 'master', NULL, hash('delivered', i.feed), NULL::DATE[], []::VARCHAR[], []::DATE[]
FROM part_recordings AS p
JOIN recording_identities AS i ON i.recording = p.recording
WHERE i.feed IN (SELECT feed FROM open_terms WHERE "right" = 'master' AND repertoire_kind = 'all')
  AND 'master' IN (SELECT "right" FROM asked_rights)
UNION ALL
SELECT p.recording, p.cell, t."right", NULL, hash(t.content, m.meaning), t.dates, t.territories, []
FROM part_recordings AS p
CROSS JOIN open_terms AS t
JOIN text_meanings AS m ON m.place = p.cell || ' ' || t.territories[1]
WHERE t."right" IN (SELECT "right" FROM asked_rights)
UNION ALL
SELECT p.recording, p.cell, r."right", NULL, hash('recording'), NULL, [], []
FROM part_recordings AS p CROSS JOIN asked_rights AS r
