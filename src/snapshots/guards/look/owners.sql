-- Deletions by owner: one row per owner that lost rows, with how many it had. The most hurt first, then by name.
-- $BASELINE: the rows of the earlier delivery, one `owner` each.
SELECT d.owner, d.n AS deleted, b.n AS base
FROM (SELECT owner, count(*) AS n FROM guard_changed WHERE fate = 'deleted' AND owner IS NOT NULL GROUP BY owner) d
JOIN (SELECT owner, count(*) AS n FROM $BASELINE GROUP BY owner) b ON b.owner = d.owner
ORDER BY d.n * 1.0 / b.n DESC, d.n DESC, d.owner
