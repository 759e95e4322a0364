-- One row per (target, cell, day, licence row): licences in force there and then that reach a work whoever claims it: for
-- the whole right; by work, where the notice names nobody, or where it lists the work and one owner's licence covers all
-- of it (theory `whole-work`). `standing`: 2 licensed, 3 coverage disputed, 4 coverage cannot be shown (domain.md 1.5 step
-- 3, overrides a and b); in force under only some readings of its dates, it cannot be shown (rule 6).
WITH reaching AS (
  SELECT * FROM licensors
  WHERE coverage = 'whole-right' OR (coverage = 'by-work' AND (licensor IS NULL
    OR (repertoire_kind = 'list' AND EXISTS (SELECT 1 FROM theories WHERE name = 'whole-work'))))
),
met AS (
  SELECT p.target, p.cell, p.day, l.* FROM target_points AS p CROSS JOIN reaching AS l WHERE l.repertoire_kind <> 'list'
  UNION ALL
  SELECT p.target, p.cell, p.day, l.* FROM target_points AS p
  JOIN repertoire AS n ON n.item = p.work
  JOIN reaching AS l ON l.row_id = n.row_id
  UNION ALL
  SELECT p.target, p.cell, p.day, l.* FROM target_points AS p
  JOIN repertoire AS n ON n.item = p.listed_recording
  JOIN reaching AS l ON l.row_id = n.row_id
)
SELECT m.target, m.cell, m.day, m."right", m.row_id, m.coverage, min(CASE
    WHEN m.from_last > m.day OR m.to_first <= m.day THEN 4
    WHEN m.repertoire_kind = 'disputed' THEN 3
    WHEN m.repertoire_kind = 'unproven' THEN 4
    -- A notice that names nobody shows nobody's licence, unless it covers the whole work.
    WHEN m.coverage = 'by-work' AND m.licensor IS NULL AND NOT EXISTS (SELECT 1 FROM theories WHERE name = 'whole-work')
      THEN 4
    ELSE 2 END) AS standing,
  bool_or(coalesce(m.from_last > m.day OR m.to_first <= m.day, false)) AS is_partial
FROM met AS m
JOIN territory_cells AS t ON t.territories = m.territories AND t.cell = m.cell
WHERE (m.from_first IS NULL OR m.from_first <= m.day) AND (m.to_last IS NULL OR m.to_last > m.day)
  AND (t."from" IS NULL OR t."from" <= m.day) AND (t."to" IS NULL OR t."to" > m.day)
GROUP BY m.target, m.cell, m.day, m."right", m.row_id, m.coverage
