-- rule: C-SHR-04
-- name: Unclaimed share, copyright control
-- severity: 2
-- kind: cells
-- reads: shares
-- magnitude: total and over: the share of the rows that name nobody
-- next: Note the steps that were taken to find the owner, and their date.
-- One row per (target, cell, day, right) with rows that name nobody and do not say public domain. Voices that say the same
-- are not added: the largest counts.
SELECT target, cell, day, "right", max(total) AS total, max(total) AS over, []::VARCHAR[] AS parties,
  list_sort(flatten(list(refs))) AS refs, NULL::VARCHAR AS detail
FROM (
  SELECT target, cell, day, "right", feed, work_id, CAST(coalesce(sum(share), 0) AS BIGINT) AS total,
    list(concat('shares:', row_id)) AS refs
  FROM (
    SELECT DISTINCT target, cell, day, "right", feed, work_id, row_id, share FROM visible_shares WHERE claimant IS NULL
  ) AS open
  GROUP BY target, cell, day, "right", feed, work_id
) AS voices
GROUP BY target, cell, day, "right"
