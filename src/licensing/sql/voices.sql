-- One row per (target, cell, day, right, variant, voice): what a voice that takes part leaves. All in millionths of a
-- percent: `total` S_p, `excess` E_p (only beyond 100.06), `room` (domain.md 1.5 step 1).
SELECT target, cell, day, "right", variant, feed, work_id, total,
  CASE WHEN total > 100060000 THEN total - 100000000 ELSE 0 END AS excess,
  greatest(100000000 - total, 0) AS room
FROM (
  SELECT p.target, p.cell, p.day, p."right", p.variant, p.feed, p.work_id, CAST(coalesce(any_value(c.total), 0) AS BIGINT) AS total
  FROM taking_part AS p
  LEFT JOIN (
    SELECT target, cell, day, "right", variant, feed, work_id, sum(claim) AS total FROM theory_claims
    GROUP BY target, cell, day, "right", variant, feed, work_id
  ) AS c USING (target, cell, day, "right", variant, feed, work_id)
  GROUP BY p.target, p.cell, p.day, p."right", p.variant, p.feed, p.work_id
) AS sums
