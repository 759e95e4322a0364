-- rule: C-SHR-03
-- name: Underclaim
-- severity: 2
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the largest claim of each party; over: that less 100, so what is missing is negative
-- next: Search the other providers and the file of unclaimed shares.
-- One row per (target, cell, day, right) in which somebody claims, the picture is complete under no reading of the dates,
-- and no row says that the rest is under copyright control.
SELECT p.target, p.cell, p.day, p."right", p.total, p.total - 100000000 AS over,
  list_sort(list(DISTINCT r.claimant)) AS parties, list_sort(list(DISTINCT concat('shares:', r.row_id))) AS refs,
  NULL::VARCHAR AS detail
FROM pictures AS p
JOIN share_rows AS r USING (target, cell, day, "right")
LEFT JOIN (SELECT DISTINCT target, cell, day, "right" FROM visible_shares WHERE claimant IS NULL) AS o
  USING (target, cell, day, "right")
WHERE NOT p.is_complete AND p.total < 99940000 AND o.target IS NULL
GROUP BY p.target, p.cell, p.day, p."right", p.total
