-- Licences that stories tell of, in feed $feed; one row per row of a template and instance. Key: licence_id.
WITH told AS (
  SELECT i.change, i.instance, i.work_base, i.recording_base, i.party_base, i.recordings, t.*
  FROM story_licences AS t JOIN story_instances() AS i USING (story)
  WHERE t.feed = split_part(feed_names()[1 + $feed], '/', 1)
)
SELECT stands_from(change, since_shift) AS since, change + until_shift AS until,
  CASE WHEN NOT is_replaced THEN change + until_shift END AS gone,
  replaces AND change + since_shift > $prior AND change + since_shift <= $round AS is_revised, false AS is_cuttable,
  local_id($feed, 'LA', concat(party_base, '-', key)) AS licence_id, "right", coverage,
  CASE WHEN party IS NULL THEN local_id($feed, 'B', 0) ELSE local_id($feed, 'A', party_base + party) END AS licensor_party_id,
  territories,
  shifted_day(valid_from, change, valid_from_shift) AS valid_from, shifted_day(valid_to, change, valid_to_shift) AS valid_to,
  signed_at,
  CASE repertoire WHEN 'works' THEN iswc_text(work_base)
    WHEN 'recordings' THEN array_to_string(list_transform(range(recordings), lambda r: local_id($feed, 'R', recording_base + r)), '|')
    ELSE repertoire END AS repertoire,
  uses, NULL::VARCHAR AS document
FROM told
