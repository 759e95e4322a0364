-- Conflicts about background recordings, in order of recording: several ISRCs for one (C-ID-02), and none of the feeds
-- says what it embodies (C-LNK-01): for ever, or until its work is first stated. In BWARM a medley has no weights (C-LNK-03).
WITH facts AS (
  SELECT *, CASE WHEN is_hit THEN pick(isrcs_of_hits(), r, 45) ELSE pick(isrcs_of_tail(), r, 45) END AS isrcs
  FROM link_facts(0, tracks())
),
found AS (
  SELECT *, unnest(list_filter(['C-ID-02', 'C-LNK-01', 'C-LNK-03'], lambda c: CASE c WHEN 'C-ID-02' THEN isrcs > 1
    WHEN 'C-LNK-01' THEN kind = 2 OR links_from > birth ELSE is_bwarm() = 1 AND kind = 1 AND first_feed = 2 END)) AS conflict
  FROM facts
)
SELECT conflict, 'planted' AS role, NULL::VARCHAR AS story, 'recording' AS subject_kind,
  CASE WHEN conflict = 'C-ID-02' THEN array_to_string(list_transform(range(isrcs), lambda n: isrc_text(r, n)), '|')
    ELSE isrc_text(r, 0) END AS isrc,
  NULL::VARCHAR AS iswc, NULL::VARCHAR AS ipi, 1 AS feed_number, 'R' AS letter, r AS number, NULL::VARCHAR AS "right",
  NULL::VARCHAR AS territories, NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to, received_in(CASE WHEN conflict = 'C-LNK-03' THEN links_from ELSE birth END) AS known_from,
  CASE WHEN conflict = 'C-LNK-01' AND kind <> 2 THEN received_in(links_from) END AS known_to,
  CASE WHEN conflict = 'C-ID-02' THEN isrcs END::DECIMAL(18, 6) AS magnitude,
  CASE WHEN conflict = 'C-ID-02' AND label_feed >= 0 THEN concat(feed_names()[2], '|', feed_names()[1 + label_feed])
    WHEN conflict = 'C-LNK-03' THEN feed_names()[3] ELSE feed_names()[2] END AS feeds,
  CASE WHEN conflict = 'C-ID-02' THEN 'one recording is stated under several ISRCs' WHEN conflict = 'C-LNK-03' THEN 'no weights' WHEN kind = 2 THEN 'no feed links it'
    ELSE 'not linked before its work is stated' END AS note
FROM found
