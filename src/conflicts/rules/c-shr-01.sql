-- rule: C-SHR-01
-- name: Overclaim across providers or licensors
-- severity: 1
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the largest claim of each party; over: what passes 100
-- next: List who is licensed: if all are, it is a question of payment only. Ask the claimants for their chain of title.
-- One row per (target, cell, day, right) in which two voices or more speak and the largest claims of all parties add up to
-- more than 100.06 (domain.md 1.5, 2).
SELECT p.target, p.cell, p.day, p."right", p.total, p.total - 100000000 AS over,
  list_sort(list(DISTINCT r.claimant)) AS parties, list_sort(list(DISTINCT concat('shares:', r.row_id))) AS refs,
  NULL::VARCHAR AS detail
FROM pictures AS p JOIN share_rows AS r USING (target, cell, day, "right")
WHERE p.total > 100060000 AND p.voices > 1 AND p.claimants > 1
GROUP BY p.target, p.cell, p.day, p."right", p.total
