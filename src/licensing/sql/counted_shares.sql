-- One row per share row whose voice takes part in (target, cell, day, right, variant), domain.md 1.5 rules 1, 2 and 4.
-- A voice is one feed's rows for one of its works. The kind of the cell is the first that any claim there has; a voice
-- without a row of that kind takes no part; within a voice each chain counts with the first kind which its claims have.
-- Copyright control claims nothing, so it decides no kind as long as anybody claims anything; a voice that claims nothing
-- takes part if it has any row of the kind.
WITH ranked AS (
  SELECT *, coalesce(chain, '') AS slice,
    coalesce(min(CASE WHEN is_claim THEN kind_rank END) OVER cell, min(kind_rank) OVER cell) AS cell_kind,
    bool_or(is_claim) OVER (PARTITION BY target, cell, day, "right", variant, feed, work_id) AS is_claiming,
    min(CASE WHEN is_claim THEN kind_rank END) OVER (
      PARTITION BY target, cell, day, "right", variant, feed, work_id, coalesce(chain, '')) AS slice_kind
  FROM visible_shares WHERE kind_rank IS NOT NULL
  WINDOW cell AS (PARTITION BY target, cell, day, "right", variant)
)
SELECT target, cell, day, "right", variant, feed, work_id, row_id, claimant, share, "role", slice,
  is_claim AND kind_rank = slice_kind AS is_counted
FROM (
  SELECT *, bool_or(kind_rank = cell_kind AND (is_claim OR NOT is_claiming)) OVER (
    PARTITION BY target, cell, day, "right", variant, feed, work_id) AS takes_part
  FROM ranked
) AS spoken
WHERE takes_part
