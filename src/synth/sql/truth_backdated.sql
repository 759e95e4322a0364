-- Rows that stories state later than in the first delivery and that hold from more than 30 days before they were received
-- (C-DAT-04): one row per such share or licence and instance. A row that only closes or corrects an earlier one says so.
WITH rows AS (
  SELECT story, feed, 'W' AS letter, work, NULL::VARCHAR AS licence, party, "right", territories, valid_from, valid_from_shift,
    since_shift, until_shift, replaces
  FROM story_shares WHERE since_shift IS NOT NULL
  UNION ALL
  SELECT story, feed, 'LA', NULL, key, party, "right", territories, valid_from, valid_from_shift, since_shift, until_shift, replaces
  FROM story_licences WHERE since_shift IS NOT NULL
),
told AS (
  SELECT i.name, i.change, i.work_base, i.party_base, r.*, story_feed(r.feed) AS feed_number,
    shifted_day(r.valid_from, i.change, r.valid_from_shift) AS starts, received_in(i.change + r.since_shift) AS received
  FROM rows AS r JOIN story_instances() AS i USING (story)
)
SELECT 'C-DAT-04' AS conflict,
  CASE WHEN NOT replaces AND (name LIKE '%backdated%' OR name LIKE '%retroactive%' OR name LIKE '%nobody%') THEN 'planted' ELSE 'implied' END
    AS role,
  name AS story, CASE WHEN licence IS NULL THEN 'work' ELSE 'licence' END AS subject_kind, NULL::VARCHAR AS isrc,
  CASE WHEN licence IS NULL THEN iswc_text(work_base + work) END AS iswc, ipi_text(story_party_number(party_base + party)) AS ipi,
  feed_number, letter, CASE WHEN licence IS NULL THEN (work_base + work)::VARCHAR ELSE concat(party_base, '-', licence) END AS number,
  "right", territories, starts AS valid_from, received::VARCHAR AS valid_to, received AS known_from, received_in(change + until_shift) AS known_to,
  date_diff('day', starts::DATE, received)::DECIMAL(18, 6) AS magnitude, feed_names()[1 + feed_number] AS feeds,
  CASE WHEN replaces THEN 'a row that stood before is stated anew' ELSE 'a row that is new' END AS note
FROM told
WHERE feed_number IS NOT NULL AND TRY_CAST(starts AS DATE) < received - 30
