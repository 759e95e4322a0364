-- One row per (target, right, claimant) of the answer: the class and the bounds in millionths of a percent, under both
-- readings of partial dates: the smaller floor (0 where the claimant is in one reading only) and the larger ceiling.
SELECT b.target, b."right", b.claimant, k.class,
  CASE WHEN count(*) < s.variants THEN 0 ELSE min(b."floor") END AS "floor", max(b.ceiling) AS ceiling
FROM bounds AS b
JOIN classes AS k USING (target, cell, day, "right", claimant)
JOIN (SELECT DISTINCT target, variants FROM targets) AS s ON s.target = b.target
GROUP BY b.target, b."right", b.claimant, k.class, s.variants
ORDER BY ALL
