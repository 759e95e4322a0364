-- rule: C-DAT-01
-- name: Validity of exclusive control overlaps
-- severity: 1
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the claims that meet; over: what passes 100, else 0
-- next: Ask for the letter of transfer. Does one of them only collect for past use?
-- One row per (target, cell, day, right) in which two controllers hold the same share at once although their dates differ, or
-- stand in one chain with the same dates and territories. The same share: within a voice the same chain or, without
-- chains, claims that cannot both hold. An owner and who acts for it are no rivals (C-SHR-07). Across voices, claims that cannot both hold, of which one ends after the other began.
WITH pairs AS (
  SELECT a.target, a.cell, a.day, a."right", a.row_id AS one, b.row_id AS other
  FROM share_rows AS a JOIN share_rows AS b USING (target, cell, day, "right")
  JOIN known_shares AS s ON s.row_id = a.row_id JOIN known_shares AS t ON t.row_id = b.row_id
  JOIN pictures AS p USING (target, cell, day, "right")
  WHERE a.claimant <> b.claimant
    AND coalesce(a."role" IN ('administrator', 'sub-publisher'), false) = coalesce(b."role" IN ('administrator', 'sub-publisher'), false)
    AND CASE
    WHEN a.feed = b.feed AND a.work_id = b.work_id AND a.slice = b.slice THEN
      (coalesce(s.from_first, DATE '0001-01-01') < coalesce(t.from_first, DATE '0001-01-01')
        AND (a.slice <> '' OR a.share + b.share > 100060000))
      OR (a.slice <> '' AND a.claimant < b.claimant AND s.from_first IS NOT DISTINCT FROM t.from_first
        AND (s.to_first IS DISTINCT FROM t.to_first OR s.territories = t.territories))
    ELSE a.feed <> b.feed AND a.share + b.share > 100060000 AND p.total > 100060000 AND s.to_first IS NOT NULL
      AND coalesce(s.from_first, DATE '0001-01-01') < t.from_first AND (t.to_first IS NULL OR t.to_first > s.to_first) END
),
meeting AS (
  SELECT DISTINCT target, cell, day, "right", unnest([one, other]) AS row_id FROM pairs
)
SELECT m.target, m.cell, m.day, m."right", CAST(sum(r.share) AS BIGINT) AS total,
  CAST(greatest(sum(r.share) - 100000000, 0) AS BIGINT) AS over, list_sort(list(DISTINCT r.claimant)) AS parties,
  list_sort(list(DISTINCT concat('shares:', m.row_id))) AS refs, NULL::VARCHAR AS detail
FROM meeting AS m JOIN share_rows AS r USING (target, cell, day, "right", row_id)
GROUP BY m.target, m.cell, m.day, m."right"
