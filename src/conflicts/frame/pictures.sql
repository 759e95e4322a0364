-- One row per (target, cell, day, right) in which somebody claims anything, under every reading of partial dates: `total`,
-- the sum of all ceilings, the least over the readings; the number of claimants and of voices that speak; whether the
-- picture is complete under any reading (domain.md 1.5 steps 1 and 2). Millionths of a percent.
SELECT b.target, b.cell, b.day, b."right", min(b.total) AS total, min(b.claimants) AS claimants, min(v.voices) AS voices,
  bool_or(b.is_complete) AS is_complete
FROM (
  SELECT target, cell, day, "right", variant, any_value(all_ceilings) AS total, count(*) AS claimants,
    any_value(is_complete) AS is_complete
  FROM bounds GROUP BY target, cell, day, "right", variant
) AS b
JOIN (
  SELECT target, cell, day, "right", variant, count(DISTINCT (feed, work_id)) AS voices FROM theory_claims
  GROUP BY target, cell, day, "right", variant
) AS v USING (target, cell, day, "right", variant)
JOIN (SELECT target, variants FROM targets) AS t ON t.target = b.target
GROUP BY b.target, b.cell, b.day, b."right"
HAVING count(*) = any_value(t.variants)
