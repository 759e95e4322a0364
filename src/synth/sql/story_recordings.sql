-- Recordings that stories tell of, in feed $feed; one row per row of a template and instance. Key: recording_id.
WITH told AS (
  SELECT i.change, i.instance, i.work_base, i.recording_base, i.party_base, t.*
  FROM story_recordings AS t JOIN story_instances() AS i USING (story)
  WHERE t.feed = split_part(feed_names()[1 + $feed], '/', 1)
)
SELECT stands_from(change, since_shift) AS since, change + until_shift AS until,
  CASE WHEN NOT is_replaced THEN change + until_shift END AS gone,
  replaces AND change + since_shift > $prior AND change + since_shift <= $round AS is_revised, false AS is_cuttable,
  local_id($feed, 'R', recording_base + recording) AS recording_id,
  title_text(scrambled(work_base + title_of)) AS title,
  CASE isrc WHEN 'bad' THEN concat('ZZ-BAD-', recording_base + recording)
    ELSE isrc_text(recording_base + coalesce(isrc_of, recording), 0) END AS isrc,
  NULL::VARCHAR AS version,
  concat(given_name(scrambled(artist_number(recording_base))), ' ', surname(scrambled(artist_number(recording_base)))) AS artist,
  180000 + longer AS duration_ms,
  CASE feed WHEN 'label' THEN label_name(0) END AS label,
  NULL::VARCHAR AS release_title, NULL::VARCHAR AS upc,
  CASE feed WHEN 'label' THEN DATE '2012-03-01' END AS release_date
FROM told
