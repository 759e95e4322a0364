-- One row per (recording, cell, day, licence row): licences in force there and then that reach the recording itself, for
-- its master and for rights that a whole-right licence clears without a match (domain.md 1.5 overrides a, d, e).
-- `standing`: 2 licensed, 3 disputed, 4 cannot be shown. A master licence for all of a licensor's repertoire is proven
-- only by a recording in the licence's own feed; a take-down of that feed ends it.
WITH reaching AS MATERIALIZED (
  SELECT * FROM known_licences
  WHERE ("right" = 'master' OR coverage = 'whole-right') AND "right" IN (SELECT "right" FROM asked_rights)
)
SELECT p.recording, p.cell, p.day, l."right", l.row_id, l.coverage, l.feed,
  CASE
    WHEN l.from_last > p.day OR l.to_first <= p.day THEN 4
    WHEN l.repertoire_kind = 'disputed' THEN 3
    WHEN l.repertoire_kind = 'unproven' THEN 4
    WHEN l.repertoire_kind = 'all' AND l.coverage <> 'whole-right' AND r.recording IS NULL THEN 4
    ELSE 2 END AS standing,
  coalesce(l.from_last > p.day OR l.to_first <= p.day, false) AS is_partial
FROM (
  SELECT p.recording, p.cell, p.day, k.row_id FROM points AS p CROSS JOIN reaching AS k WHERE k.repertoire_kind <> 'list'
  UNION
  SELECT p.recording, p.cell, p.day, n.row_id FROM reaching AS k
  JOIN repertoire AS n ON n.row_id = k.row_id
  JOIN points AS p ON p.recording = n.item
) AS p
JOIN reaching AS l ON l.row_id = p.row_id
JOIN territory_cells AS t ON t.territories = l.territories AND t.cell = p.cell
LEFT JOIN taken_down AS d
  ON l."right" = 'master' AND d.feed = l.feed AND d.recording = p.recording AND d.cell = p.cell AND d.day = p.day
LEFT JOIN (
  SELECT DISTINCT i.feed, i.recording FROM recording_identities AS i JOIN asked_recordings AS a ON a.recording = i.recording
) AS r ON r.feed = l.feed AND r.recording = p.recording
WHERE (l.from_first IS NULL OR l.from_first <= p.day) AND (l.to_last IS NULL OR l.to_last > p.day)
  AND (t."from" IS NULL OR t."from" <= p.day) AND (t."to" IS NULL OR t."to" > p.day)
  AND d.recording IS NULL
