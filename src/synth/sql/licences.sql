-- Licences of the background. Key: licence_id. In the service's feed: the statutory blanket licence of the United States;
-- for seven publishers in ten a mechanical licence of the rest of the world; and the societies' for performing rights
-- everywhere and for the mechanical rights of those whom they represent. In a label's feed: one deal per release.
WITH kinds AS (SELECT feed_kinds()[1 + $feed] AS kind),
publishers AS (
  SELECT range AS n, below(range, 74, 1000) AS draw FROM range(CASE WHEN (SELECT kind FROM kinds) = 1 THEN licensed_publishers() ELSE 0 END)
),
deals AS (
  SELECT range AS pack, pack_label(range) AS label, pack_birth(range) AS birth
  FROM range(hit_recordings_from() // 12, CASE WHEN (SELECT kind FROM kinds) = 3 THEN (tracks() + 11) // 12 ELSE 0 END)
),
societies AS (
  SELECT range AS n, unnest(['mech', 'perf']) AS "right" FROM range(CASE WHEN (SELECT kind FROM kinds) = 1 THEN societies() ELSE 0 END)
),
all_licences AS (
  SELECT 0 AS since, local_id($feed, 'L', 'US-BLANKET') AS licence_id, 'mech' AS "right", 'whole-right' AS coverage,
    NULL::VARCHAR AS licensor_party_id, 'US' AS territories, DATE '2021-01-01' AS valid_from, NULL::DATE AS signed_at,
    NULL::VARCHAR AS repertoire, 'stream|download' AS uses
  FROM kinds WHERE kind = 1
  UNION ALL
  SELECT 0, local_id($feed, 'LC', concat(n, '-', "right")), "right", 'by-claim', local_id($feed, 'C', n),
    CASE "right" WHEN 'mech' THEN 'WORLD|!US' ELSE 'WORLD' END, DATE '2012-01-01', DATE '2011-11-15', 'all', 'stream|download'
  FROM societies
  UNION ALL
  SELECT 0, local_id($feed, 'LP', n), 'mech', 'by-claim', local_id($feed, 'P', n), 'WORLD|!US',
    DATE '2014-01-01' + below(n, 75, 1800)::INTEGER, DATE '2013-12-01',
    CASE WHEN draw < 900 THEN 'all' WHEN draw < 940 THEN iswc_text(tail_work_at(n)) WHEN draw < 980 THEN 'unproven' ELSE 'disputed' END,
    'stream|download'
  FROM publishers WHERE is_directly_licensed(n)
  UNION ALL
  SELECT birth, local_id($feed, 'LM', pack), 'master', 'by-work', local_id($feed, 'B', label),
    CASE WHEN chance(pack, 76, 920000) THEN 'WORLD' ELSE 'WORLD|!JP' END,
    CASE WHEN birth = 0 THEN DATE '2016-01-01' + below(pack, 77, 1500)::INTEGER ELSE day_of(birth) END,
    CASE WHEN birth = 0 THEN DATE '2015-12-01' ELSE day_of(birth) END,
    array_to_string(list_transform(range(greatest(pack * 12, hit_recordings_from()), least(pack * 12 + 12, tracks())),
      lambda r: local_id($feed, 'R', r)), '|'), 'stream'
  FROM deals WHERE label_feed(label) = $feed AND birth <= $round
)
SELECT since, NULL::BIGINT AS until, false AS is_revised, false AS is_cuttable, licence_id, "right", coverage, licensor_party_id,
  territories, valid_from::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to, signed_at::VARCHAR AS signed_at, repertoire, uses,
  NULL::VARCHAR AS document
FROM all_licences
