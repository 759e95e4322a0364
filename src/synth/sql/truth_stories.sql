-- What the stories were planted for, and what follows from them: one row per row of a template and instance.
WITH told AS (
  SELECT i.name, i.change, i.work_base, i.recording_base, i.party_base, t.*, story_feed(split_part(t.feeds, '|', 1)) AS feed_number
  FROM story_truth AS t JOIN story_instances() AS i USING (story)
)
SELECT conflict, role, name AS story,
  CASE WHEN licence IS NOT NULL THEN 'licence' WHEN recording IS NOT NULL THEN 'recording' WHEN party IS NOT NULL THEN 'party' ELSE 'work' END
    AS subject_kind,
  CASE WHEN recording IS NOT NULL AND name <> 'malformed-isrc' THEN isrc_text(recording_base + recording, 0) END AS isrc,
  CASE WHEN work IS NOT NULL AND name <> 'iswc-with-wrong-check-digit' THEN iswc_text(work_base + work) END AS iswc,
  CASE WHEN party IS NOT NULL AND name <> 'ipi-with-wrong-check-digits' THEN ipi_text(story_party_number(party_base + party)) END AS ipi,
  feed_number,
  CASE WHEN licence IS NOT NULL THEN 'LA' WHEN recording IS NOT NULL THEN 'R' WHEN party IS NOT NULL THEN 'A' ELSE 'W' END AS letter,
  CASE WHEN licence IS NOT NULL THEN concat(party_base, '-', licence)
    ELSE (coalesce(work_base + work, recording_base + recording, party_base + party))::VARCHAR END AS number,
  "right", territories, shifted_day(valid_from, change, valid_from_shift) AS valid_from,
  shifted_day(valid_to, change, valid_to_shift) AS valid_to,
  received_in(stands_from(change, since_shift)) AS known_from, received_in(change + until_shift) AS known_to, magnitude,
  array_to_string(list_transform(string_split(feeds, '|'), lambda f: feed_names()[1 + story_feed(f)]), '|') AS feeds, note
FROM told
