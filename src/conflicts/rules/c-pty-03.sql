-- rule: C-PTY-03
-- name: Administrators differ between providers
-- severity: 1
-- kind: cells
-- reads: shares
-- magnitude: total: the sum of the largest claim of each administrator; over: what passes 100
-- next: Ask for the letter of direction. Who was told when?
-- One row per (target, cell, day, right) in which two feeds each name an administrator whom the other does not, for shares
-- that cannot both hold.
WITH named AS (
  SELECT target, cell, day, "right", feed, claimant, max(share) AS share, list(concat('shares:', row_id)) AS refs
  FROM share_rows WHERE "role" = 'administrator' GROUP BY target, cell, day, "right", feed, claimant
),
alone AS (
  SELECT n.*, p.total AS all_claims FROM named AS n
  JOIN pictures AS p USING (target, cell, day, "right")
  WHERE p.total > 100060000 AND EXISTS (
    SELECT 1 FROM named AS other
    WHERE (other.target, other.cell, other.day, other."right") = (n.target, n.cell, n.day, n."right") AND other.feed <> n.feed
      AND other.claimant <> n.claimant
      AND NOT EXISTS (SELECT 1 FROM named AS same WHERE (same.target, same.cell, same.day, same."right", same.feed, same.claimant)
        = (n.target, n.cell, n.day, n."right", other.feed, n.claimant))
      AND NOT EXISTS (SELECT 1 FROM named AS same WHERE (same.target, same.cell, same.day, same."right", same.feed, same.claimant)
        = (n.target, n.cell, n.day, n."right", n.feed, other.claimant)))
)
SELECT target, cell, day, "right", CAST(sum(share) AS BIGINT) AS total, CAST(greatest(sum(share) - 100000000, 0) AS BIGINT) AS over,
  list_sort(list(claimant)) AS parties, list_sort(list_distinct(flatten(list(refs)))) AS refs, NULL::VARCHAR AS detail
FROM (
  SELECT target, cell, day, "right", claimant, max(share) AS share, flatten(list(refs)) AS refs
  FROM alone GROUP BY target, cell, day, "right", claimant
) AS each
GROUP BY target, cell, day, "right"
