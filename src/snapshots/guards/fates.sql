-- What became of each row that only one of two deliveries has. One row per row of `guard_sides`, with its fate; no order.
-- As in the fold, so many rows of a key count as updated as both sides have of it: the first of each, by content.
SELECT * EXCLUDE (nth, others, content_hi, content_lo),
  CASE WHEN nth <= others THEN 'updated' WHEN side = 'old' THEN 'deleted' ELSE 'created' END AS fate
FROM (
  SELECT s.*, row_number() OVER (PARTITION BY s.key_hash, s.side ORDER BY s.content_hi, s.content_lo) AS nth,
    coalesce(o.n, 0) AS others
  FROM guard_sides s
  LEFT JOIN (SELECT key_hash, side, count(*) AS n FROM guard_sides GROUP BY key_hash, side) o
    ON o.key_hash = s.key_hash AND o.side <> s.side)
