-- Parties of the background in feed $feed: writers, publishers, societies and labels, in this order. Key: party_id.
-- Feed kinds: 0 society: all but labels; 1 service: publishers and societies; 2 collective: writers and publishers;
-- 3 label: the labels that it delivers for; 4 player: writers, without IPI, and publishers; 5 publisher: publishers.
-- A party has up to two ways of writing its name, the publishers of many works four; which one, hangs on the feed.
WITH listed AS (
  SELECT 1 AS sort, range AS n FROM range(CASE WHEN feed_kinds()[1 + $feed] IN (0, 2, 4) THEN writers() ELSE 0 END)
  UNION ALL
  SELECT 2, range FROM range(CASE WHEN feed_kinds()[1 + $feed] <> 3 THEN all_publishers() ELSE 0 END)
  UNION ALL
  SELECT 3, range FROM range(CASE WHEN feed_kinds()[1 + $feed] IN (0, 1) THEN societies() ELSE 0 END)
  UNION ALL
  SELECT 4, range FROM range(CASE WHEN feed_kinds()[1 + $feed] = 3 THEN labels() ELSE 0 END) WHERE label_feed(range) = $feed
),
numbered AS (
  SELECT *, feed_kinds()[1 + $feed] AS kind, CASE sort WHEN 1 THEN writer_number(n) WHEN 2 THEN publisher_number(n)
    WHEN 3 THEN society_number(n) ELSE label_number(n) END AS number
  FROM listed
),
named AS (
  SELECT *, scrambled(CASE WHEN sort = 1 AND kind = 4 AND below(number, 72, 20) >= 18 THEN 600000000 + n ELSE number END) AS x,
    CASE WHEN sort > 2 THEN 0 WHEN sort = 2 AND n < 20 THEN $feed % 4
      WHEN chance(number, 71, 600000) THEN CASE WHEN kind = 2 OR $feed % 2 = 1 THEN 1 ELSE 0 END ELSE 0 END AS variant,
    -- How the player, which has no numbers of writers, writes their names.
    CASE WHEN sort = 1 AND kind = 4 THEN below(number, 72, 20) END AS match
  FROM numbered
)
SELECT n, 0 AS since, NULL::BIGINT AS until, false AS is_revised, false AS is_cuttable,
  local_id($feed, ['Q', 'P', 'C', 'B'][sort], n) AS party_id,
  CASE
    WHEN sort = 3 THEN concat('Society of ', starts()[1 + n], 'ria')
    WHEN sort = 4 THEN label_name(n)
    WHEN sort = 2 THEN concat(last_name, [' Music', ' Music Ltd', ' Music Publishing', ' Songs'][1 + variant])
    WHEN match < 9 OR (match IS NULL AND variant = 0) THEN concat(first_name, ' ', last_name)
    WHEN match < 18 THEN concat(substr(first_name, 1, 1), '. ', last_name)
    WHEN match IS NOT NULL THEN concat('DJ ', last_name)
    ELSE upper(concat(last_name, ', ', first_name)) END AS name,
  CASE WHEN match IS NULL THEN ipi_text(number) END AS ipi_name_number,
  CASE WHEN sort = 2 AND kind = 0 THEN ipi_base(number) END AS ipi_base_number,
  NULL::VARCHAR AS isni, NULL::VARCHAR AS group_id,
  ['writer', 'publisher', 'society', 'label'][sort] AS kind
FROM (SELECT *, surname(x) AS last_name, given_name(x) AS first_name FROM named)
