-- Links of the background in feed $feed: one row per recording and work, in order of the recording. Key: recording_id,
-- work_id. Weights of medleys add up to exactly one.
WITH linked AS (
  SELECT *, unnest(range(works)) AS j FROM link_facts(0, tracks())
  WHERE has_bit(mask, $feed) AND kind <> 2 AND links_from <= $round
    AND ($feed <> 2 OR removed_in IS NULL OR removed_in > $prior)
)
SELECT r, links_from AS since, CASE WHEN $feed = 2 THEN removed_in END AS until, false AS is_revised, false AS is_cuttable,
  local_id($feed, 'R', r) AS recording_id,
  local_id($feed, 'W', CASE WHEN kind = 1 THEN core_work(work + j) ELSE g END) AS work_id,
  CASE WHEN kind = 1 THEN percent_text(CASE WHEN j = 0 THEN 1000000 - (works - 1) * (1000000 // works) ELSE 1000000 // works END) END AS weight,
  NULL::BIGINT AS duration_ms, NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to
FROM linked
