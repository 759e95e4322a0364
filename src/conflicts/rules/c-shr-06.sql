-- rule: C-SHR-06
-- name: Writer split differs from publisher split
-- severity: 3
-- kind: cells
-- reads: shares
-- magnitude: total: the part of the writers' whole that the chain has, in percent; over: its difference from the publishers'
-- next: Check how writers and publishers are joined in chains.
-- One row per (target, cell, day, right, voice, chain) whose part of all manuscript shares differs by more than 0.06 from its
-- part of all ownership shares. Only voices in which two chains or more have both, and each manuscript and ownership row one of them.
WITH rows AS (
  SELECT DISTINCT v.target, v.cell, v.day, v."right", v.feed, v.work_id, v.chain, v.row_id, v.share, v.claimant, s.kind
  FROM visible_shares AS v JOIN known_shares AS s ON s.row_id = v.row_id
  WHERE s.kind IN ('manuscript', 'ownership') AND v.is_claim AND coalesce(s."role", '') <> 'income-participant'
),
chains AS (
  SELECT target, cell, day, "right", feed, work_id, chain, coalesce(sum(share) FILTER (kind = 'manuscript'), 0) AS written,
    coalesce(sum(share) FILTER (kind = 'ownership'), 0) AS owned, list_sort(list(DISTINCT claimant)) AS parties,
    list_sort(list(DISTINCT concat('shares:', row_id))) AS refs
  FROM rows GROUP BY target, cell, day, "right", feed, work_id, chain
),
voices AS (
  SELECT target, cell, day, "right", feed, work_id, sum(written) AS all_written, sum(owned) AS all_owned
  FROM chains GROUP BY target, cell, day, "right", feed, work_id
  HAVING count(*) > 1 AND bool_and(chain IS NOT NULL AND written > 0 AND owned > 0)
)
SELECT target, cell, day, "right", CAST((100000000 * CAST(written AS HUGEINT)) // all_written AS BIGINT) AS total,
  CAST(abs((100000000 * CAST(written AS HUGEINT)) // all_written - (100000000 * CAST(owned AS HUGEINT)) // all_owned) AS BIGINT) AS over,
  parties, refs, concat('chain ', chain) AS detail
FROM chains JOIN voices USING (target, cell, day, "right", feed, work_id)
WHERE abs((100000000 * CAST(written AS HUGEINT)) // all_written - (100000000 * CAST(owned AS HUGEINT)) // all_owned) > 60000
