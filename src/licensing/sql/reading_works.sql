-- One row per (recording, stretch of days, variant, reading, work link): what a feed says one of its recordings embodies while
-- the recording's links are the same, with the part of the recording in it: `part` of `parts`, and the same as a `fraction`
-- in billionths (domain.md 1.5, "Aggregation" and "Readings"). Half-open days, NULL where open. `reading`: a number for all
-- but the link.
-- Weights as given, in billionths: missing ones are unknown, sums above 1.001 are scaled to 1, and so are sums within the
-- tolerance; else durations; else equal parts, assumed.
WITH asked AS (
  SELECT l.* FROM linked_works AS l JOIN asked_recordings AS a ON a.recording = l.recording
),
stretches AS (
  SELECT recording, edge AS "from", lead(edge) OVER (PARTITION BY recording ORDER BY edge NULLS FIRST) AS "to"
  FROM (SELECT recording, "from" AS edge FROM asked UNION SELECT recording, "to" FROM asked) AS edges
),
linked AS (
  SELECT s.recording, s."from", s."to", l.variant, l.feed, l.recording_id, l.work, l.work_id, l.row_id, l.weight, l.duration_ms
  FROM stretches AS s JOIN asked AS l ON l.recording = s.recording
  WHERE (l."from" IS NULL OR l."from" <= s."from") AND (l."to" IS NULL OR l."to" >= s."to")
),
summed AS (
  SELECT *, count(weight) OVER reading AS weights, count(nullif(duration_ms, 0)) OVER reading AS durations,
    count(*) OVER reading AS works, CAST(sum(weight) OVER reading AS BIGINT) AS weight_sum,
    CAST(sum(duration_ms) OVER reading AS BIGINT) AS duration_sum
  FROM linked
  WINDOW reading AS (PARTITION BY recording, "from", variant, feed, recording_id)
)
SELECT *, CAST((2 * CAST(part AS HUGEINT) * 1000000000 + parts) // (2 * parts) AS BIGINT) AS fraction,
  dense_rank() OVER (ORDER BY recording, "from" NULLS FIRST, variant, feed, recording_id) AS reading
FROM (
  SELECT recording, "from", "to", variant, feed, recording_id, work, work_id, row_id,
    CASE WHEN weights > 0 THEN 'given' WHEN durations = works THEN 'duration' ELSE 'equal' END AS basis,
    CASE WHEN weights > 0 THEN coalesce(weight, 0) WHEN durations = works THEN duration_ms ELSE 1 END AS part,
    CASE WHEN weights > 0 THEN CASE WHEN weight_sum < 999000000 OR (weights < works AND weight_sum < 1000000000)
        THEN 1000000000 ELSE weight_sum END
      WHEN durations = works THEN duration_sum ELSE works END AS parts,
    weights > 0 AND weight IS NULL AS is_weight_missing
  FROM summed
) AS parted
