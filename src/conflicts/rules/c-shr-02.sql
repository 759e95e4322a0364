-- rule: C-SHR-02
-- name: Overclaim within one provider
-- severity: 2
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the provider's counted claims; over: what passes 100
-- next: Treat it as an error in the data: look for kinds that were mixed, 200 % notation, duplicate rows.
-- One row per (target, cell, day, right, voice) whose own counted claims add up to more than 100.06 under every reading of
-- partial dates.
SELECT v.target, v.cell, v.day, v."right", v.total, v.total - 100000000 AS over,
  list_sort(list(DISTINCT r.claimant)) AS parties, list_sort(list(DISTINCT concat('shares:', r.row_id))) AS refs,
  NULL::VARCHAR AS detail
FROM (
  SELECT p.target, p.cell, p.day, p."right", p.feed, p.work_id, min(p.total) AS total
  FROM taking_part AS p JOIN targets AS t USING (target)
  GROUP BY p.target, p.cell, p.day, p."right", p.feed, p.work_id HAVING count(*) = any_value(t.variants)
) AS v
JOIN share_rows AS r USING (target, cell, day, "right", feed, work_id)
WHERE v.total > 100060000
GROUP BY v.target, v.cell, v.day, v."right", v.feed, v.work_id, v.total
