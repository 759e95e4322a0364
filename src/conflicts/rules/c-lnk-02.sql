-- rule: C-LNK-02
-- name: Rival links
-- severity: 2
-- kind: rows
-- reads: links
-- magnitude: total: the number of readings; over: the readings beyond one
-- next: Show the degree of licensing of each reading.
-- One row per (recording, stretch of time) in which two readings of the recording, each a feed's links of one of its recordings,
-- name different works.
WITH several AS (
  SELECT * FROM linked_works WHERE variant = 'first' AND recording IN (
    SELECT recording FROM linked_works GROUP BY recording HAVING count(DISTINCT (feed, recording_id)) > 1)
),
days AS (
  SELECT DISTINCT recording, unnest([coalesce("from", DATE '0001-01-01'), "to"]) AS day FROM several
),
stretches AS (
  SELECT recording, day, lead(day) OVER (PARTITION BY recording ORDER BY day) AS next FROM days WHERE day IS NOT NULL
),
readings AS (
  SELECT d.recording, d.day, d.next, l.feed, l.recording_id, list_sort(list(DISTINCT l.work)) AS works,
    list(concat('links:', l.row_id)) AS refs
  FROM stretches AS d JOIN several AS l ON l.recording = d.recording
    AND coalesce(l."from", DATE '0001-01-01') <= d.day AND (l."to" IS NULL OR l."to" > d.day)
  GROUP BY d.recording, d.day, d.next, l.feed, l.recording_id
),
rivals AS (
  SELECT recording, day, next, count(DISTINCT works) AS readings, list_sort(list_distinct(flatten(list(refs)))) AS refs
  FROM readings GROUP BY recording, day, next HAVING count(DISTINCT works) > 1
)
SELECT 'recording' AS subject_kind, recording AS subject, NULL AS "right", NULL::BIT AS atoms,
  CASE WHEN min(day) > DATE '0001-01-01' THEN min(day) END AS "from", CASE WHEN bool_or(next IS NULL) THEN NULL ELSE max(next) END AS "to",
  readings * 1000000 AS total, (readings - 1) * 1000000 AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties, refs,
  NULL::VARCHAR AS detail
FROM rivals GROUP BY recording, readings, refs
