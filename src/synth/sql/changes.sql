-- What a delivery changes in one relation: one row per key, in the order of the rows. `stated` is the SQL of all rows that
-- were stated by $round. Known by construction: when each row is first stated, when it says something else, when it is
-- gone. A file that is cut short changes nothing about the rows it lacks; the next one does.
SELECT $name AS feed, $relation AS relation, "key",
  CASE WHEN gone <= $round THEN 'delete' WHEN is_revised THEN 'update' ELSE 'create' END AS op
FROM stated
WHERE (since > $prior AND since <= $round AND (until IS NULL OR until > $round))
  OR (is_revised AND since <= $round AND (until IS NULL OR until > $round))
  OR (gone > $prior AND gone <= $round AND since <= $prior)
