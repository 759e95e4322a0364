-- Works of the background that feed $feed names, in order of their number. Key: work_id. Until round $prior the row was as
-- it had been; `is_revised`: between then and $round a title was added, or the player wrote all its titles in capitals
-- (in round $reformatted).
SELECT g, birth AS since, NULL::BIGINT AS until, is_updated OR is_reformatted AS is_revised, false AS is_cuttable,
  local_id($feed, 'W', g) AS work_id,
  CASE WHEN $reformatted <= $round THEN upper(plain_title) ELSE plain_title END AS title,
  CASE WHEN has_iswc(g, category, place, $feed)
    THEN CASE WHEN has_two_iswcs(g, place, $feed) THEN concat(iswc_text(g), '|', second_iswc(g)) ELSE iswc_text(g) END END AS iswc,
  CASE WHEN alternates > 0 THEN array_to_string(list_transform(range(alternates), lambda a: CASE
    WHEN a = 5 THEN concat(plain_title, ' (feat. ', given_name(scrambled(g)), ')') WHEN a = 6 THEN in_cyrillic(plain_title)
    ELSE concat(plain_title, CASE a % 3 WHEN 0 THEN ' (Version ' WHEN 1 THEN ' (Part ' ELSE ' (Theme ' END, 1 + a, ')') END), '|')
    END AS alternate_titles
FROM (
  SELECT *, revised_in > $prior AND revised_in <= $round AS is_updated,
    ($reformatted > $prior AND $reformatted <= $round) AS is_reformatted,
    CASE WHEN is_hit THEN pick(alternates_of_hits(), g, 9) ELSE pick(alternates_of_tail(), g, 9) END
      + CASE WHEN revised_in <= $round THEN 1 ELSE 0 END AS alternates
  FROM (
    SELECT *, title_text(scrambled(g)) AS plain_title,
      CASE WHEN birth = 0 AND chance(g, 82, corrections()) THEN 1 + below(g, 83, snapshots() - 1) ELSE 1000 END AS revised_in
    FROM work_facts(0, works())
    WHERE has_bit(mask, $feed) AND birth <= $round
  )
)
