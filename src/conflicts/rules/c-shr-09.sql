-- rule: C-SHR-09
-- name: Income participant counted as owner
-- severity: 3
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the kind with the income participants; over: what passes 100
-- next: Leave the income participants out of any sum.
-- One row per (target, cell, day, right, voice, kind) whose sum passes 100.06 only with its income participants.
SELECT target, cell, day, "right", CAST(sum(share) AS BIGINT) AS total, CAST(sum(share) - 100000000 AS BIGINT) AS over,
  list_sort(list(DISTINCT claimant)) AS parties, list_sort(list(DISTINCT concat('shares:', row_id))) AS refs, kind AS detail
FROM (
  SELECT DISTINCT v.target, v.cell, v.day, v."right", v.feed, v.work_id, s.kind, v.row_id, v.share, v.claimant,
    coalesce(s."role" = 'income-participant', false) AS is_participant
  FROM visible_shares AS v JOIN known_shares AS s ON s.row_id = v.row_id WHERE v.is_claim
) AS rows
GROUP BY target, cell, day, "right", feed, work_id, kind
HAVING sum(share) > 100060000 AND coalesce(sum(share) FILTER (NOT is_participant), 0) <= 100060000 AND bool_or(is_participant)
