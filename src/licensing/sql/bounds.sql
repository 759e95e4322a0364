-- One row per (target, cell, day, right, variant, claimant): `floor` lo_P and `ceiling` hi_P across voices, whether the
-- picture is complete, and the sum of all ceilings (domain.md 1.5 steps 1 and 2). A voice that does not name the claimant
-- is silent about it and speaks with its room. Millionths of a percent.
WITH named AS (
  SELECT target, cell, day, "right", variant, claimant, bool_or(is_bound) AS is_bound FROM theory_claims
  GROUP BY target, cell, day, "right", variant, claimant
),
spoken AS (
  SELECT n.target, n.cell, n.day, n."right", n.variant, n.claimant, n.is_bound,
    min(CASE WHEN c.claim IS NULL THEN v.room ELSE greatest(c.claim - v.excess, 0) END) AS lowest,
    max(CASE WHEN c.claim IS NOT NULL THEN least(c.claim, 100000000) END) AS ceiling,
    min(CASE WHEN c.claim IS NOT NULL THEN least(c.claim, 100000000) END) AS least_spoken,
    bool_or(v.total >= 99940000) AS some_complete
  FROM named AS n
  JOIN voices AS v USING (target, cell, day, "right", variant)
  LEFT JOIN theory_claims AS c USING (target, cell, day, "right", variant, feed, work_id, claimant)
  GROUP BY n.target, n.cell, n.day, n."right", n.variant, n.claimant, n.is_bound
),
joint AS (
  SELECT *, sum(least_spoken) OVER cell AS all_spoken, sum(ceiling) OVER cell AS all_ceilings
  FROM spoken
  WINDOW cell AS (PARTITION BY target, cell, day, "right", variant)
)
SELECT target, cell, day, "right", variant, claimant,
  CAST(CASE WHEN is_bound THEN ceiling
    WHEN all_spoken > 100060000 THEN least(lowest, greatest(least_spoken - (all_spoken - 100000000), 0))
    ELSE lowest END AS BIGINT) AS "floor",
  ceiling,
  some_complete OR all_spoken >= 99940000 AS is_complete,
  CAST(all_ceilings AS BIGINT) AS all_ceilings
FROM joint
