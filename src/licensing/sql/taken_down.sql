-- One row per (feed, recording, cell, day) at which a take-down of the feed is in force for a recording.
SELECT DISTINCT d.feed, p.recording, p.cell, p.day
FROM points AS p
JOIN repertoire AS n ON n.item = p.recording
JOIN known_takedowns AS d ON d.row_id = n.row_id
JOIN territory_cells AS t ON t.territories = d.territories AND t.cell = p.cell
WHERE (d.from_first IS NULL OR d.from_first <= p.day) AND (d.to_last IS NULL OR d.to_last > p.day)
  AND (t."from" IS NULL OR t."from" <= p.day) AND (t."to" IS NULL OR t."to" > p.day)
