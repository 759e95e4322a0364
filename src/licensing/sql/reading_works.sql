-- One row per (recording, cell, day, variant, reading, work link): what a feed says one of its recordings embodies there
-- and then, with the part of the recording in it: `part` of `parts`, and the
-- same as a `fraction` in billionths (domain.md 1.5, "Aggregation" and "Readings").
-- Weights as given, in billionths: missing ones are unknown, sums above 1.001 are scaled to 1, and so are sums within the
-- tolerance; else durations; else equal parts, assumed.
WITH linked AS (
  SELECT p.recording, p.cell, p.day, l.variant, l.feed, l.recording_id, l.work, l.work_id, l.row_id, l.weight, l.duration_ms
  FROM points AS p JOIN linked_works AS l ON l.recording = p.recording
  WHERE (l."from" IS NULL OR l."from" <= p.day) AND (l."to" IS NULL OR l."to" > p.day)
),
summed AS (
  SELECT *, count(weight) OVER reading AS weights, count(nullif(duration_ms, 0)) OVER reading AS durations,
    count(*) OVER reading AS works, CAST(sum(weight) OVER reading AS BIGINT) AS weight_sum,
    CAST(sum(duration_ms) OVER reading AS BIGINT) AS duration_sum
  FROM linked
  WINDOW reading AS (PARTITION BY recording, cell, day, variant, feed, recording_id)
)
SELECT *, CAST((2 * CAST(part AS HUGEINT) * 1000000000 + parts) // (2 * parts) AS BIGINT) AS fraction
FROM (
  SELECT recording, cell, day, variant, feed, recording_id, work, work_id, row_id,
    CASE WHEN weights > 0 THEN 'given' WHEN durations = works THEN 'duration' ELSE 'equal' END AS basis,
    CASE WHEN weights > 0 THEN coalesce(weight, 0) WHEN durations = works THEN duration_ms ELSE 1 END AS part,
    CASE WHEN weights > 0 THEN CASE WHEN weight_sum < 999000000 OR (weights < works AND weight_sum < 1000000000)
        THEN 1000000000 ELSE weight_sum END
      WHEN durations = works THEN duration_sum ELSE works END AS parts,
    weights > 0 AND weight IS NULL AS is_weight_missing
  FROM summed
) AS parted
