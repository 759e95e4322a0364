-- Streams of the background, in the service's feed: one row per recording, territory and month. Key: recording_id,
-- territory, period, use. The month before the first delivery for all that have streams, and with each further delivery
-- the month before it for the recordings that are first of a hit. `is_cuttable`: the last tenth by rank, missing where
-- the file is cut short. `is_revised`: the service corrects a number.
WITH ranked AS (
  SELECT range AS rank, CASE WHEN range < hit_recordings() THEN hit_recordings_from() + range
    ELSE tail_recordings_from() + ((range - hit_recordings() - ranks_shift() + ranks_size()) % ranks_size() * ranks_back()) % ranks_size()
    END AS r
  FROM range(ranked())
),
kinds AS (
  SELECT *, is_unmatched(r) AS is_unmatched,
    floor(log2(rank + 1))::BIGINT AS power
  FROM ranked WHERE pack_birth(recording_pack(r)) = 0
),
-- (rank + 1) to the power of the exponent less one, in millionths: straight between powers of two.
rooted AS (
  SELECT *, roots()[1 + power] + (rank + 1 - (1::BIGINT << power)) * (roots()[2 + power] - roots()[1 + power]) // (1::BIGINT << power) AS root
  FROM kinds
),
streamed AS (
  SELECT *, stream_scale() // ((rank + 1) * root // 1000) // 1000
    * CASE WHEN is_unmatched THEN unmatched_factor() ELSE 1000 END // 1000 AS streams
  FROM rooted
),
months AS (
  SELECT rank, r, streams, unnest(range(1, $round + 1)) AS month FROM streamed WHERE rank < hits()
),
monthly AS (
  SELECT rank, r, streams + below(rank * 64 + month, 60, 100) AS streams, month, 0 AS t, 'GB' AS territory FROM months
),
everywhere AS (
  SELECT *, unnest(range(CASE WHEN rank < tracks() // 100 THEN 4 ELSE 1 END)) AS t FROM streamed
),
parted AS (
  SELECT rank, r,
    CASE WHEN rank >= tracks() // 100 THEN streams
      WHEN t = 0 THEN streams - streams * 3 // 10 - streams // 5 - streams // 10
      WHEN t = 1 THEN streams * 3 // 10 WHEN t = 2 THEN streams // 5 ELSE streams // 10 END AS streams,
    0 AS month, t,
    ['US', 'GB', 'DE', 'FR'][1 + CASE WHEN rank < tracks() // 100 THEN t ELSE below(r, 61, 4) END] AS territory
  FROM everywhere
),
corrected AS (
  SELECT *, CASE WHEN chance(r * 4 + t, 88, corrections()) THEN 1 + below(r * 4 + t, 89, snapshots() - 1) ELSE 1000 END AS revised_in
  FROM parted
),
together AS (
  SELECT *, 1000 AS revised_in FROM monthly UNION ALL SELECT * FROM corrected
)
SELECT r, month AS since, NULL::BIGINT AS until, revised_in > $prior AND revised_in <= $round AS is_revised,
  month = 0 AND rank >= ranked() - 1 - ranked() // 10 AS is_cuttable,
  local_id($feed, 'R', r) AS recording_id, territory, strftime(day_of(month - 1), '%Y-%m') AS period,
  streams + CASE WHEN revised_in <= $round THEN 7 ELSE 0 END AS streams, 'stream' AS use
FROM together
WHERE streams > 0
