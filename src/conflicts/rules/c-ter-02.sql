-- rule: C-TER-02
-- name: Territory hole
-- severity: 2
-- kind: cells
-- reads: shares
-- magnitude: total: what the provider's claims come to in the hole; over: that less 100, so what is missing is negative
-- next: Find out who controls the hole.
-- One row per (target, cell, day, right, voice): elsewhere on that day the voice's claims are complete, one of them for the
-- world; here, where one that is limited to territories does not reach, they are not, and no other voice completes them.
WITH voice AS (
  SELECT target, cell, day, "right", feed, work_id, min(total) AS total FROM taking_part
  GROUP BY target, cell, day, "right", feed, work_id
),
whole AS (
  SELECT v.target, v.day, v."right", v.feed, v.work_id, list_sort(list(DISTINCT r.claimant)) AS parties,
    list_sort(list(DISTINCT concat('shares:', r.row_id))) AS refs
  FROM voice AS v
  JOIN share_rows AS r USING (target, cell, day, "right", feed, work_id)
  JOIN known_shares AS s ON s.row_id = r.row_id
  WHERE v.total >= 99940000
  GROUP BY v.target, v.day, v."right", v.feed, v.work_id
  HAVING bool_or(s.territories LIKE 'WORLD%' OR s.territories LIKE '!%') AND bool_or(s.territories <> 'WORLD')
)
SELECT p.target, p.cell, p.day, w."right", coalesce(v.total, 0) AS total, coalesce(v.total, 0) - 100000000 AS over,
  w.parties, w.refs, NULL::VARCHAR AS detail
FROM whole AS w
JOIN work_pieces AS p USING (target, day)
LEFT JOIN voice AS v USING (target, cell, day, "right", feed, work_id)
LEFT JOIN pictures AS c USING (target, cell, day, "right")
LEFT JOIN (SELECT DISTINCT target, cell, day, "right" FROM visible_shares WHERE claimant IS NULL) AS o
  USING (target, cell, day, "right")
WHERE coalesce(v.total, 0) < 99940000 AND NOT coalesce(c.is_complete, false) AND o.target IS NULL
