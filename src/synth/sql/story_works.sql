-- Works that stories tell of, in feed $feed; one row per row of a template and instance. Key: work_id.
WITH told AS (
  SELECT i.change, i.instance, i.work_base, i.recording_base, i.party_base, t.*
  FROM story_works AS t JOIN story_instances() AS i USING (story)
  WHERE t.feed = split_part(feed_names()[1 + $feed], '/', 1)
)
SELECT stands_from(change, since_shift) AS since, change + until_shift AS until,
  CASE WHEN NOT is_replaced THEN change + until_shift END AS gone,
  replaces AND change + since_shift > $prior AND change + since_shift <= $round AS is_revised, false AS is_cuttable,
  local_id($feed, 'W', work_base + work) AS work_id,
  title_text(scrambled(work_base + coalesce(title_of, work))) AS title,
  CASE iswc WHEN 'bad' THEN bad_iswc(work_base + work)
    WHEN 'two' THEN concat(iswc_text(work_base + work), '|', second_iswc(work_base + work))
    ELSE iswc_text(work_base + coalesce(iswc_of, work)) END AS iswc,
  NULL::VARCHAR AS alternate_titles
FROM told
