-- Parties that stories tell of, in feed $feed; one row per row of a template and instance. Key: party_id.
WITH told AS (
  SELECT i.change, i.instance, i.work_base, i.recording_base, i.party_base, t.*
  FROM story_parties AS t JOIN story_instances() AS i USING (story)
  WHERE t.feed = split_part(feed_names()[1 + $feed], '/', 1)
)
SELECT stands_from(change, since_shift) AS since, change + until_shift AS until,
  CASE WHEN NOT is_replaced THEN change + until_shift END AS gone,
  replaces AND change + since_shift > $prior AND change + since_shift <= $round AS is_revised, false AS is_cuttable,
  local_id($feed, 'A', party_base + party) AS party_id,
  coalesce(name, concat(surname(scrambled(story_party_number(party_base + coalesce(name_of, party)))), ' Editions')) AS name,
  CASE ipi WHEN 'bad' THEN bad_ipi(story_party_number(party_base + party)) ELSE ipi_text(story_party_number(party_base + party)) END
    AS ipi_name_number,
  NULL::VARCHAR AS ipi_base_number,
  CASE WHEN isni_of IS NOT NULL THEN isni_text(story_party_number(party_base + isni_of)) END AS isni,
  CASE WHEN group_of IS NOT NULL THEN local_id($feed, 'AG', party_base + group_of) END AS group_id,
  coalesce(kind, CASE feed WHEN 'label' THEN 'label' ELSE 'publisher' END) AS kind
FROM told
