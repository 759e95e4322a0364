-- Recordings of the background in feed $feed, in order of their number. Key: recording_id. The service has all, a label
-- those on its releases; society, collective and player those that they link, and the player all unmatched ones,
-- the collective half of them. `is_revised`: a release got another title (labels), or the player wrote all titles in
-- capitals (in round $reformatted).
WITH chosen AS (
  SELECT *, feed_kinds()[1 + $feed] AS feed_kind,
    label_feed = $feed AND chance(pack, 82, corrections()) AND birth = 0 AS is_retitled,
    1 + below(pack, 83, greatest(snapshots() - 1, 1)) AS retitled_in
  FROM link_facts(0, tracks())
),
standing AS (
  SELECT *,
    CASE WHEN feed_kind IN (1, 3) OR kind = 2 THEN birth ELSE links_from END AS since,
    CASE WHEN feed_kind = 2 AND kind <> 2 THEN removed_in END AS until,
    CASE WHEN feed_kind = 3 AND is_retitled THEN retitled_in ELSE 1000 END AS revised_in
  FROM chosen
  WHERE feed_kind = 1 OR (feed_kind = 3 AND label_feed = $feed)
    OR (feed_kind IN (0, 2, 4) AND (has_bit(mask, $feed) OR (kind = 2 AND (feed_kind = 4 OR (feed_kind = 2 AND chance(r, 43, 500000))))))
),
titled AS (
  SELECT *, title_text(scrambled(g)) AS plain_title, scrambled(artist_number(below(pack, 44, 1000000) // 3)) AS artist_x,
    CASE WHEN is_hit THEN pick(isrcs_of_hits(), r, 45) ELSE pick(isrcs_of_tail(), r, 45) END AS isrcs
  FROM standing
  WHERE since <= $round AND coalesce(until > $prior, true)
)
SELECT r, since, until,
  (revised_in > $prior AND revised_in <= $round) OR ($reformatted > $prior AND $reformatted <= $round) AS is_revised,
  false AS is_cuttable,
  local_id($feed, 'R', r) AS recording_id,
  CASE WHEN $reformatted <= $round THEN upper(plain_title) ELSE plain_title END AS title,
  CASE WHEN isrcs = 1 OR feed_kind NOT IN (1, 3) THEN isrc_text(r, 0)
    WHEN isrcs = 2 THEN concat(isrc_text(r, 0), '|', isrc_text(r, 1))
    WHEN isrcs = 3 THEN concat(isrc_text(r, 0), '|', isrc_text(r, 1), '|', isrc_text(r, 2))
    ELSE concat(isrc_text(r, 0), '|', isrc_text(r, 1), '|', isrc_text(r, 2), '|', isrc_text(r, 3)) END AS isrc,
  CASE WHEN kind = 0 AND NOT is_first THEN pick(versions(), r, 46) END AS version,
  concat(given_name(artist_x), ' ', surname(artist_x)) AS artist,
  90000 + below(r, 47, 240000) AS duration_ms,
  CASE WHEN feed_kind = 3 THEN label_name(label) END AS label,
  CASE WHEN feed_kind = 3 THEN concat(starts()[1 + below(pack, 48, 1024)], ' ', pack,
    CASE WHEN revised_in <= $round THEN ' (Deluxe)' ELSE '' END) END AS release_title,
  CASE WHEN feed_kind = 3 THEN gtin_text(100000000000 + pack) END AS upc,
  CASE WHEN feed_kind = 3 THEN CASE WHEN birth = 0 THEN DATE '2001-01-01' + below(pack, 49, 7400)::INTEGER ELSE day_of(birth) END END AS release_date
FROM titled
