-- Shares that stories tell of, in feed $feed; one row per row of a template and instance. Key: as in the contract.
WITH told AS (
  SELECT i.change, i.instance, i.work_base, i.recording_base, i.party_base, t.*
  FROM story_shares AS t JOIN story_instances() AS i USING (story)
  WHERE t.feed = split_part(feed_names()[1 + $feed], '/', 1)
)
SELECT stands_from(change, since_shift) AS since, change + until_shift AS until,
  CASE WHEN NOT is_replaced THEN change + until_shift END AS gone,
  replaces AND change + since_shift > $prior AND change + since_shift <= $round AS is_revised, false AS is_cuttable,
  local_id($feed, 'W', work_base + work) AS work_id,
  CASE WHEN party IS NOT NULL THEN local_id($feed, 'A', party_base + party) END AS party_id,
  share, share_kind, "right", role, chain, territories,
  shifted_day(valid_from, change, valid_from_shift) AS valid_from, shifted_day(valid_to, change, valid_to_shift) AS valid_to,
  NULL::VARCHAR AS status
FROM told
