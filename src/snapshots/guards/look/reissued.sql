-- Rows that are gone and rows that are new, equal in all but their key and known by it: no other row that is gone or new
-- says the same. Those whose keys differ only in case and blanks are another matter (drifted.sql). One row per pair, the
-- first five by the old key, each with the number of all (`total`).
WITH known AS (
  SELECT rest, min(shown) FILTER (fate = 'deleted') AS old_key, min(shown) FILTER (fate = 'created') AS new_key,
    min(folded) AS lowest, max(folded) AS highest
  FROM guard_changed WHERE fate <> 'updated' AND rest IS NOT NULL
  GROUP BY rest HAVING count(*) FILTER (fate = 'deleted') = 1 AND count(*) FILTER (fate = 'created') = 1)
SELECT old_key, new_key, total
FROM (SELECT old_key, new_key, count(*) OVER () AS total FROM known WHERE lowest <> highest)
ORDER BY old_key, new_key LIMIT 5
