-- One row per (target, cell, day, right, claimant, licence row): a licence in force there and then that bears on the
-- claimant's share, with its `standing` (see open_grants.sql): licences of the claimant or of whoever stands for it, within
-- their repertoire; and those that reach the work whoever claims it (domain.md 1.5 step 3, overrides a and b). Under the theory
-- `whole-work` a licence of the work by one of its claimants reaches the shares of all.
WITH own AS (
  SELECT c.target, c.cell, c.day, c."right", c.claimant, l.row_id, l.coverage, l.repertoire_kind,
    coalesce(l.from_last > c.day OR l.to_first <= c.day, false)
      OR coalesce(m.from_last > c.day OR m.to_first <= c.day, false) AS is_partial
  FROM claimed AS c
  JOIN mandates AS m ON m.claimant = c.claimant AND m."right" = c."right"
  JOIN licensors AS l ON l.licensor = m.licensor AND l."right" = c."right" AND l.coverage <> 'whole-right'
  JOIN territory_cells AS t ON t.territories = l.territories AND t.cell = c.cell
  JOIN territory_cells AS u ON u.territories = m.territories AND u.cell = c.cell
  WHERE (l.from_first IS NULL OR l.from_first <= c.day) AND (l.to_last IS NULL OR l.to_last > c.day)
    AND (m.from_first IS NULL OR m.from_first <= c.day) AND (m.to_last IS NULL OR m.to_last > c.day)
    AND (t."from" IS NULL OR t."from" <= c.day) AND (t."to" IS NULL OR t."to" > c.day)
    AND (u."from" IS NULL OR u."from" <= c.day) AND (u."to" IS NULL OR u."to" > c.day)
),
listed AS (
  SELECT p.target, n.row_id FROM (SELECT DISTINCT target, work, listed_recording FROM targets) AS p
  JOIN repertoire AS n ON n.item = p.work
  UNION
  SELECT p.target, n.row_id FROM targets AS p JOIN repertoire AS n ON n.item = p.listed_recording
),
reached AS (
  SELECT o.target, o.cell, o.day, o."right", o.claimant, o.row_id, o.coverage, o.is_partial, CASE
    WHEN o.is_partial THEN 4 WHEN o.repertoire_kind = 'disputed' THEN 3 WHEN o.repertoire_kind = 'unproven' THEN 4 ELSE 2
    END AS standing
  FROM own AS o LEFT JOIN listed AS n ON n.target = o.target AND n.row_id = o.row_id
  WHERE o.repertoire_kind <> 'list' OR n.row_id IS NOT NULL
),
spread AS (
  SELECT target, cell, day, "right", claimant, row_id, standing, is_partial FROM reached
  UNION ALL
  SELECT c.target, c.cell, c.day, c."right", c.claimant, r.row_id, r.standing, r.is_partial
  FROM claimed AS c JOIN reached AS r USING (target, cell, day, "right")
  WHERE r.coverage = 'by-work' AND EXISTS (SELECT 1 FROM theories WHERE name = 'whole-work')
  UNION ALL
  SELECT c.target, c.cell, c.day, c."right", c.claimant, g.row_id, g.standing, g.is_partial
  FROM claimed AS c JOIN open_grants AS g USING (target, cell, day, "right")
)
SELECT target, cell, day, "right", claimant, row_id, min(standing) AS standing, bool_and(is_partial) AS is_partial
FROM spread WHERE claimant <> 'public domain'
GROUP BY target, cell, day, "right", claimant, row_id
