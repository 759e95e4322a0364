-- rule: C-TER-01
-- name: Territories of exclusive controllers overlap
-- severity: 1
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the claims that meet; over: what passes 100, else 0
-- next: Read the territory clauses of both agreements.
-- One row per (target, cell, day, right) in which two controllers of the same share meet because their territories, written
-- differently, intersect. The same share: within a voice the same chain or, without chains, claims that cannot both hold;
-- across voices, claims that cannot both hold and of whose territories neither lies within the other.
WITH pairs AS (
  SELECT a.target, a.cell, a.day, a."right", a.row_id AS one, b.row_id AS other
  FROM share_rows AS a JOIN share_rows AS b USING (target, cell, day, "right")
  JOIN known_shares AS s ON s.row_id = a.row_id JOIN known_shares AS t ON t.row_id = b.row_id
  JOIN pictures AS p USING (target, cell, day, "right")
  JOIN text_atoms AS x ON x.territories = s.territories JOIN text_atoms AS y ON y.territories = t.territories
  WHERE a.claimant < b.claimant AND s.territories <> t.territories AND x.atoms <> y.atoms AND CASE
    WHEN a.feed = b.feed AND a.work_id = b.work_id AND a.slice = b.slice THEN a.slice <> '' OR a.share + b.share > 100060000
    ELSE a.feed <> b.feed AND a.share + b.share > 100060000 AND p.total > 100060000
      AND (x.atoms & y.atoms) <> x.atoms AND (x.atoms & y.atoms) <> y.atoms END
),
meeting AS (
  SELECT DISTINCT target, cell, day, "right", unnest([one, other]) AS row_id FROM pairs
)
SELECT m.target, m.cell, m.day, m."right", CAST(sum(r.share) AS BIGINT) AS total,
  CAST(greatest(sum(r.share) - 100000000, 0) AS BIGINT) AS over, list_sort(list(DISTINCT r.claimant)) AS parties,
  list_sort(list(DISTINCT concat('shares:', m.row_id))) AS refs, NULL::VARCHAR AS detail
FROM meeting AS m JOIN share_rows AS r USING (target, cell, day, "right", row_id)
GROUP BY m.target, m.cell, m.day, m."right"
