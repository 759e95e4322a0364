-- One row per (recording, territories, dates) of a fact that may bear on the recording's degrees, rarely twice: claims on
-- its works, licences and mandates of whoever claims them, licences that list it or reach everything, links, take-downs.
-- It may hold facts that change nothing: neighbouring results that are equal are joined afterwards.
WITH asked AS (
  SELECT DISTINCT l.recording, l.work FROM linked_works AS l JOIN asked_recordings AS a ON a.recording = l.recording
),
claims AS (
  SELECT a.recording, s."right", i.party AS claimant, s.territories, s.from_first, s.from_last, s.to_first, s.to_last
  FROM asked AS a
  JOIN work_identities AS w ON w.work = a.work
  JOIN known_shares AS s ON s.feed = w.feed AND s.work_id = w.id
  LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
),
granting AS (
  SELECT DISTINCT c.recording, m."right", m.licensor, m.territories, m.from_first, m.from_last, m.to_first, m.to_last
  FROM (SELECT DISTINCT recording, "right", claimant FROM claims) AS c
  JOIN mandates AS m ON m.claimant = c.claimant AND m."right" = c."right"
),
listed AS (
  SELECT a.recording, n.row_id FROM asked AS a JOIN repertoire AS n ON n.item = a.work
  UNION
  SELECT a.recording, n.row_id FROM asked_recordings AS a JOIN repertoire AS n ON n.item = a.recording
),
everywhere AS (
  SELECT territories, from_first, from_last, to_first, to_last FROM known_licences
  WHERE repertoire_kind <> 'list'
    AND (coverage = 'whole-right' OR "right" = 'master' OR (coverage = 'by-work' AND licensor_id IS NULL))
)
SELECT recording, territories, from_first, from_last, to_first, to_last FROM claims
UNION ALL
SELECT recording, territories, from_first, from_last, to_first, to_last FROM granting
UNION ALL
SELECT g.recording, l.territories, l.from_first, l.from_last, l.to_first, l.to_last
FROM (SELECT DISTINCT recording, "right", licensor FROM granting) AS g
JOIN licensors AS l ON l.licensor = g.licensor AND l."right" = g."right" AND l.repertoire_kind <> 'list'
UNION ALL
SELECT n.recording, l.territories, l.from_first, l.from_last, l.to_first, l.to_last
FROM listed AS n JOIN known_licences AS l ON l.row_id = n.row_id
UNION ALL
SELECT n.recording, d.territories, d.from_first, d.from_last, d.to_first, d.to_last
FROM listed AS n JOIN known_takedowns AS d ON d.row_id = n.row_id
UNION ALL
SELECT a.recording, e.territories, e.from_first, e.from_last, e.to_first, e.to_last
FROM asked_recordings AS a CROSS JOIN everywhere AS e
UNION ALL
SELECT recording, 'WORLD', "from", "from", "to", "to" FROM linked_works AS l
WHERE recording IN (SELECT recording FROM asked_recordings)
