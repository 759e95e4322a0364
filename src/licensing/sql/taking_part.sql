-- One row per (target, cell, day, right, variant, voice) that takes part, with the sum of its claims, in millionths of a
-- percent. Theory `drop-impossible-provider`: a voice beyond 100.06 is left out where another remains.
WITH sums AS (
  SELECT s.target, s.cell, s.day, s."right", s.variant, s.feed, s.work_id, CAST(coalesce(any_value(c.total), 0) AS BIGINT) AS total
  FROM counted_shares AS s
  LEFT JOIN (
    SELECT target, cell, day, "right", variant, feed, work_id, sum(claim) AS total FROM voice_claims
    GROUP BY target, cell, day, "right", variant, feed, work_id
  ) AS c USING (target, cell, day, "right", variant, feed, work_id)
  GROUP BY s.target, s.cell, s.day, s."right", s.variant, s.feed, s.work_id
)
SELECT target, cell, day, "right", variant, feed, work_id, total
FROM (SELECT *, min(total) OVER (PARTITION BY target, cell, day, "right", variant) AS least_total FROM sums) AS ranked
WHERE total <= 100060000 OR least_total > 100060000
  OR NOT EXISTS (SELECT 1 FROM theories WHERE name = 'drop-impossible-provider')
