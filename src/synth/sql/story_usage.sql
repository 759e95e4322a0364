-- Streams that stories tell of, in the service's feed; one row per row of a template and instance. Key: recording_id,
-- territory, period, use.
WITH told AS (
  SELECT i.change, i.instance, i.work_base, i.recording_base, i.party_base, t.*
  FROM story_usage AS t JOIN story_instances() AS i USING (story)
  WHERE t.feed = split_part(feed_names()[1 + $feed], '/', 1)
)
SELECT stands_from(change, since_shift) AS since, change + until_shift AS until,
  CASE WHEN NOT is_replaced THEN change + until_shift END AS gone,
  replaces AND change + since_shift > $prior AND change + since_shift <= $round AS is_revised, false AS is_cuttable,
  local_id($feed, 'R', recording_base + recording) AS recording_id, territory, period, streams, use
FROM told
