-- rule: C-SHR-07
-- name: Kinds confused: ownership and collection added
-- severity: 2
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the kind; over: what passes 100
-- next: Correct the mapping of the feed, and record the overclaim as a false alarm.
-- One row per (target, cell, day, right, voice, kind) whose sum passes 100.06 and no longer does without its administrators and
-- sub-publishers, so that these seem to stand in the kind of the owner. Where nobody else is left there is no owner to confuse.
SELECT target, cell, day, "right", CAST(sum(share) AS BIGINT) AS total, CAST(sum(share) - 100000000 AS BIGINT) AS over,
  list_sort(list(DISTINCT claimant)) AS parties, list_sort(list(DISTINCT concat('shares:', row_id))) AS refs,
  CASE kind_rank WHEN 1 THEN 'licensing' WHEN 2 THEN 'collection' ELSE 'ownership' END AS detail
FROM (
  SELECT DISTINCT target, cell, day, "right", feed, work_id, kind_rank, row_id, share, claimant,
    coalesce("role" IN ('administrator', 'sub-publisher'), false) AS is_acting
  FROM visible_shares WHERE kind_rank IS NOT NULL AND is_claim
) AS rows
GROUP BY target, cell, day, "right", feed, work_id, kind_rank
HAVING sum(share) > 100060000 AND coalesce(sum(share) FILTER (NOT is_acting), 0) BETWEEN 1 AND 100060000
