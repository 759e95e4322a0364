-- One row per share row whose voice takes part in (target, cell, day, right, variant), domain.md 1.5 rules 1, 2 and 4.
-- A voice is one feed's rows for one of its works. The kind of the cell is the first that any claim there has; a voice
-- without a row of that kind takes no part; within a voice each chain counts with the first kind which its claims have.
-- Copyright control claims nothing, so it decides no kind as long as anybody claims anything; a voice that claims nothing
-- takes part if it has any row of the kind.
WITH slices AS (
  SELECT target, cell, day, "right", variant, feed, work_id, coalesce(chain, '') AS slice,
    min(CASE WHEN is_claim THEN kind_rank END) AS claimed_kind, min(kind_rank) AS kind,
    bool_or(kind_rank = 1) AS has_licensing, bool_or(kind_rank = 2) AS has_collection, bool_or(kind_rank = 3) AS has_ownership
  FROM visible_shares WHERE kind_rank IS NOT NULL
  GROUP BY target, cell, day, "right", variant, feed, work_id, coalesce(chain, '')
),
speaking AS (
  SELECT target, cell, day, "right", variant, feed, work_id, min(claimed_kind) AS claimed_kind, min(kind) AS kind,
    bool_or(has_licensing) AS has_licensing, bool_or(has_collection) AS has_collection, bool_or(has_ownership) AS has_ownership
  FROM slices GROUP BY target, cell, day, "right", variant, feed, work_id
),
cells AS (
  SELECT target, cell, day, "right", variant, coalesce(min(claimed_kind), min(kind)) AS cell_kind
  FROM speaking GROUP BY target, cell, day, "right", variant
),
taking AS (
  SELECT s.target, s.cell, s.day, s."right", s.variant, s.feed, s.work_id
  FROM speaking AS s JOIN cells AS c USING (target, cell, day, "right", variant)
  WHERE CASE WHEN s.claimed_kind IS NOT NULL THEN s.claimed_kind = c.cell_kind
    WHEN c.cell_kind = 1 THEN s.has_licensing WHEN c.cell_kind = 2 THEN s.has_collection ELSE s.has_ownership END
)
SELECT v.target, v.cell, v.day, v."right", v.variant, v.feed, v.work_id, v.row_id, v.claimant, v.share, v."role", s.slice,
  v.is_claim AND v.kind_rank = s.claimed_kind AS is_counted
FROM visible_shares AS v
JOIN taking AS t USING (target, cell, day, "right", variant, feed, work_id)
JOIN slices AS s ON s.target = v.target AND s.cell = v.cell AND s.day = v.day AND s."right" = v."right" AND s.variant = v.variant
  AND s.feed = v.feed AND s.work_id = v.work_id AND s.slice = coalesce(v.chain, '')
WHERE v.kind_rank IS NOT NULL
