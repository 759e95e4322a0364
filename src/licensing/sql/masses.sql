-- One row per (target, cell, day, right, variant, class): `mass`, the share guaranteed to claimants of that class,
-- whichever voice is right (domain.md 1.5 step 4). Class `cleared` is exempt and licensed taken as one. Millionths of a
-- percent. A voice caps the mass: what it states for the class, and what of the claimants it omits fits into its room.
WITH classed AS (
  SELECT b.*, k.class FROM bounds AS b JOIN classes AS k USING (target, cell, day, "right", claimant)
),
grouped AS (
  SELECT target, cell, day, "right", variant, claimant, class, "floor", ceiling, is_complete, all_ceilings FROM classed
  UNION ALL
  SELECT target, cell, day, "right", variant, claimant, 'cleared', "floor", ceiling, is_complete, all_ceilings
  FROM classed WHERE class IN ('exempt', 'licensed')
),
open AS (
  SELECT target, cell, day, "right", variant, class, sum(ceiling) AS ceilings, any_value(all_ceilings) AS all_ceilings,
    CASE WHEN any_value(is_complete)
      THEN greatest(sum("floor"), least(any_value(all_ceilings), 100000000) - (any_value(all_ceilings) - sum(ceiling)))
      ELSE sum("floor") END AS mass
  FROM grouped GROUP BY target, cell, day, "right", variant, class
),
stated AS (
  SELECT g.target, g.cell, g.day, g."right", g.variant, g.class, c.feed, c.work_id,
    sum(least(c.claim, 100000000)) AS claims, sum(g.ceiling) AS ceilings
  FROM grouped AS g JOIN theory_claims AS c USING (target, cell, day, "right", variant, claimant)
  GROUP BY g.target, g.cell, g.day, g."right", g.variant, g.class, c.feed, c.work_id
),
named AS (
  SELECT target, cell, day, "right", variant, feed, work_id, sum(b.ceiling) AS ceilings
  FROM theory_claims JOIN bounds AS b USING (target, cell, day, "right", variant, claimant)
  GROUP BY target, cell, day, "right", variant, feed, work_id
),
capped AS (
  SELECT o.target, o.cell, o.day, o."right", o.variant, o.class, o.mass,
    coalesce(s.claims, 0) + least(
      o.ceilings - coalesce(s.ceilings, 0),
      greatest(v.room - (o.all_ceilings - o.ceilings - (coalesce(n.ceilings, 0) - coalesce(s.ceilings, 0))), 0)) AS cap
  FROM open AS o
  JOIN voices AS v USING (target, cell, day, "right", variant)
  LEFT JOIN stated AS s USING (target, cell, day, "right", variant, class, feed, work_id)
  LEFT JOIN named AS n USING (target, cell, day, "right", variant, feed, work_id)
)
SELECT target, cell, day, "right", variant, class, CAST(greatest(least(any_value(mass), min(cap)), 0) AS BIGINT) AS mass
FROM capped GROUP BY target, cell, day, "right", variant, class
