-- One row per (target, right, share row) that is visible in the answer: whether it counts under any reading of its dates,
-- for whom, and the kind of right it states (licensing 1, collection 2, ownership 3; NULL for rows that never count).
SELECT v.target, v."right", v.row_id, any_value(v.claimant) AS claimant, any_value(v.kind_rank) AS kind_rank,
  bool_or(coalesce(c.is_counted, false)) AS is_counted
FROM visible_shares AS v
LEFT JOIN (
  SELECT s.target, s.cell, s.day, s."right", s.variant, s.row_id, s.is_counted
  FROM counted_shares AS s JOIN taking_part USING (target, cell, day, "right", variant, feed, work_id)
) AS c USING (target, cell, day, "right", variant, row_id)
GROUP BY v.target, v."right", v.row_id
ORDER BY ALL
