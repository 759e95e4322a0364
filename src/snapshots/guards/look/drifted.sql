-- Keys that are gone and keys that are new, equal but for case and blanks. One row per such pair, the first five by the old
-- key, each with the number of all (`total`). A key with several rows counts once.
SELECT old_key, new_key, total FROM (
  SELECT o.shown AS old_key, n.shown AS new_key, count(*) OVER () AS total
  FROM (SELECT folded, key_hash, min(shown) AS shown FROM guard_changed WHERE fate = 'deleted' GROUP BY folded, key_hash) o
  JOIN (SELECT folded, key_hash, min(shown) AS shown FROM guard_changed WHERE fate = 'created' GROUP BY folded, key_hash) n
    ON o.folded = n.folded AND o.key_hash <> n.key_hash)
ORDER BY old_key, new_key LIMIT 5
