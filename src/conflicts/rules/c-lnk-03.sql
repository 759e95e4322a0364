-- rule: C-LNK-03
-- name: Weights of a medley or sample missing, or not adding up to 1
-- severity: 2
-- kind: rows
-- reads: links
-- magnitude: total: the sum of the weights that are stated; over: that less 1
-- next: State what is assumed: durations, or equal parts.
-- One row per reading with several works at one time whose weights are missing or add up to something else than 1, within 0.001.
SELECT 'recording' AS subject_kind, recording AS subject, NULL AS "right", NULL::BIT AS atoms, min("from") AS "from", max("to") AS "to",
  CAST(coalesce(sum(weight), 0) // 1000 AS BIGINT) AS total, CAST(coalesce(sum(weight), 0) // 1000 AS BIGINT) - 1000000 AS over,
  NULL::BIGINT AS streams, []::VARCHAR[] AS parties, list_sort(list(DISTINCT concat('links:', row_id))) AS refs,
  CASE WHEN count(weight) = 0 THEN 'no weight stated' WHEN count(weight) < count(*) THEN 'a weight is missing' ELSE 'the weights do not add up to 1' END
    AS detail
FROM (
  -- Of links that follow each other in time only those of the last period count together.
  SELECT *, max(coalesce("from", DATE '0001-01-01')) OVER reading AS latest FROM linked_works WHERE variant = 'first'
  WINDOW reading AS (PARTITION BY feed, recording_id)
) AS links
WHERE "to" IS NULL OR "to" > latest
GROUP BY recording, feed, recording_id
HAVING count(DISTINCT work) > 1 AND (count(weight) < count(*) OR sum(weight) NOT BETWEEN 999000000 AND 1001000000)
