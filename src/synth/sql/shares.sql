-- Shares of the background in feed $feed: one row per claim, writer's part or part of an owner, in order of work and
-- part. Key: as in the contract. Claims are in kind `collection`; where control has changed with an overlap, the old and
-- the new controller have a `licensing` row beside it, which is then what counts (domain.md 1.5, example 15).
-- Feed kinds: 0 society (mechanical and performing claims), 2 collective (mechanical, United States, and writers' parts),
-- 4 player (mechanical claims of publishers, and who wrote), 5 publisher (mechanical claims, and who owns).
WITH facts AS (
  SELECT *, feed_kinds()[1 + $feed] AS kind, deviant IS NOT DISTINCT FROM $feed AS differs,
    part_of(publishers, 0, publisher_split, g * 2) AS first_part
  FROM work_facts(0, works())
  WHERE has_bit(mask, $feed) AND birth BETWEEN $born_from AND $round
),
-- How many rows of each sort: claims of publishers (with old controllers and sub-publishers) or of writers, and so on.
counted AS (
  SELECT *, publishers + CASE WHEN is_changed THEN CASE WHEN is_overlapping THEN 3 ELSE 1 END ELSE 0 END AS controllers,
    CASE WHEN is_divided AND kind <> 2 THEN subs ELSE 0 END AS sub_rows, is_public_domain::BIGINT AS free_rows,
    CASE WHEN category = 1 AND differs THEN (claimed - 1) // 100 ELSE 0 END AS rival_rows
  FROM facts
),
bounded AS (
  SELECT *, CASE WHEN publishers > 0 THEN controllers + sub_rows WHEN kind IN (0, 2) THEN writers ELSE 0 END AS a FROM counted
),
ended AS (
  SELECT *, a + free_rows AS b, a + free_rows + (category = 5)::BIGINT AS c FROM bounded
),
ends AS (
  SELECT *, c + rival_rows AS d, c + rival_rows + CASE WHEN kind = 0 THEN writers ELSE 0 END AS e FROM ended
),
last_ends AS (
  SELECT *, e + CASE WHEN kind = 0 THEN free_rows ELSE 0 END AS f,
    e + CASE WHEN kind = 0 THEN free_rows + CASE WHEN publishers > 0 THEN controllers + sub_rows ELSE 0 END ELSE 0 END AS h
  FROM ends
),
sized AS (
  SELECT *, h + CASE WHEN kind IN (2, 4) THEN writers ELSE 0 END AS i,
    CASE WHEN kind = 5 AND publishers > 0 AND NOT is_divided THEN publishers + is_changed::BIGINT ELSE 0 END AS owners
  FROM last_ends
),
rows AS (SELECT *, unnest(range(i + owners)) AS n FROM sized),
-- What a row is: 1 writer's claim, 2 publisher's, 3 old controller, 4 and 5 licensing rows of old and new controller,
-- 6 sub-publisher, 7 public domain, 8 copyright control, 9 rival, 10 writer's part, 11 owner, 12 old owner. j: its number there.
told AS (
  SELECT *, n >= d AND n < h AS is_perf,
    CASE WHEN n < a THEN n WHEN n < b THEN 0 WHEN n < c THEN 0 WHEN n < d THEN n - c WHEN n < e THEN n - d WHEN n < f THEN 0
      WHEN n < h THEN n - f WHEN n < i THEN n - h ELSE n - i END AS k,
    CASE WHEN n < a THEN CASE WHEN publishers > 0 THEN 2 ELSE 1 END WHEN n < b THEN 7 WHEN n < c THEN 8 WHEN n < d THEN 9
      WHEN n < e THEN 1 WHEN n < f THEN 7 WHEN n < h THEN 2 WHEN n < i THEN 10 ELSE 11 END AS sort
  FROM rows
),
sorted AS (
  SELECT * EXCLUDE (sort),
    CASE WHEN sort = 2 AND k >= controllers THEN k - controllers ELSE k END AS j,
    CASE WHEN sort = 2 AND k >= controllers THEN 6 WHEN sort = 2 AND k >= publishers THEN 3 + k - publishers
      WHEN sort = 11 AND k >= publishers THEN 12 ELSE sort END AS sort
  FROM told
),
-- Millionths of a percent. `whole` is what is divided among publishers, or among writers.
parted AS (
  SELECT *,
    CASE WHEN is_public_domain AND sort <> 10 AND sort <> 11 THEN 2 ELSE 1 END
      * CASE WHEN is_perf AND publishers > 0 THEN 2 ELSE 1 END AS divisor,
    CASE WHEN sort IN (1, 10) THEN part_of(writers, j, writer_split, g * 2 + 1)
      WHEN sort IN (2, 11) THEN part_of(publishers, j, publisher_split, g * 2)
      WHEN sort IN (3, 4, 5, 12) THEN first_part ELSE 100000000 END AS part
  FROM sorted
),
valued AS (
  SELECT *,
    CASE WHEN sort = 10 AND kind = 4 THEN NULL
      WHEN sort = 7 THEN 50000000
      WHEN sort = 8 THEN first_part - first_part // 2
      WHEN sort = 9 THEN least(100000000, (claimed - 100 * (1 + j)) * 1000000)
      WHEN sort = 2 AND j = 0 AND category IN (4, 5) AND NOT is_perf THEN part // 2
      WHEN sort = 2 AND j = 0 AND category = 3 AND differs AND NOT is_perf THEN part * claimed // 100
      ELSE part // divisor END AS micro,
    CASE sort WHEN 1 THEN 'Q' WHEN 7 THEN 'Q' WHEN 10 THEN 'Q' WHEN 8 THEN NULL ELSE 'P' END AS letter,
    CASE
      WHEN sort IN (1, 7, 10) THEN (first_writer + j) % writers()
      WHEN sort IN (3, 4, 12) THEN old_publisher
      WHEN sort = 6 THEN sub_publisher((sub_from + j) % len(sub_territories()))
      WHEN sort = 9 OR (sort = 2 AND j = 0 AND category = 2 AND differs AND NOT is_perf)
        THEN rival((first_rival + j) % rivals())
      WHEN sort IN (2, 5) AND (j = 0 OR sort = 5) AND is_administered THEN administrator(administrator)
      WHEN sort = 5 THEN first_publisher
      ELSE (first_publisher + j) % publishers() END AS party,
    is_divided AND kind <> 2 AND sort IN (2, 3, 4, 5) AS is_excepted,
    is_changed AND (sort = 5 OR (sort IN (2, 11) AND j = 0)) AS is_new,
    CASE WHEN is_overlapping THEN changed_on + 184 ELSE changed_on END AS collected_until
  FROM parted
)
SELECT g, sort, birth AS since, NULL::BIGINT AS until, false AS is_revised, false AS is_cuttable,
  local_id($feed, 'W', g) AS work_id,
  -- A publisher lists no writers: it names one by the number.
  CASE WHEN letter = 'Q' AND kind = 5 THEN ipi_text(writer_number(party)) WHEN letter IS NOT NULL THEN local_id($feed, letter, party) END
    AS party_id,
  percent_text(micro) AS share,
  CASE WHEN sort = 10 THEN 'manuscript' WHEN sort IN (11, 12) THEN 'ownership' WHEN sort IN (4, 5) THEN 'licensing'
    ELSE 'collection' END AS share_kind,
  CASE WHEN is_perf THEN 'perf' ELSE 'mech' END AS "right",
  CASE WHEN letter = 'Q' THEN 'writer' WHEN sort = 8 THEN NULL WHEN sort = 6 THEN 'sub-publisher'
    WHEN sort IN (2, 5) AND (j = 0 OR sort = 5) AND is_administered THEN 'administrator' ELSE 'publisher' END AS role,
  CASE WHEN sort IN (1, 10) THEN concat('w', j) WHEN sort = 6 THEN concat('sub', j) WHEN sort = 7 THEN 'pd'
    WHEN sort = 8 THEN 'cc' WHEN sort = 9 THEN concat('r', j) WHEN sort IN (3, 4, 5, 12) THEN 'p0'
    ELSE concat('p', j) END AS chain,
  CASE WHEN kind = 2 THEN 'US'
    WHEN sort = 6 THEN sub_territories()[1 + (sub_from + j) % len(sub_territories())]
    WHEN is_excepted THEN 'WORLD' || array_to_string(list_transform(range(subs),
      lambda s: sub_exceptions()[1 + (sub_from + s) % len(sub_exceptions())]), '')
    ELSE 'WORLD' END AS territories,
  (CASE WHEN is_new AND sort = 2 THEN collected_until WHEN is_new THEN changed_on ELSE valid_from END)::VARCHAR AS valid_from,
  (CASE WHEN sort = 3 THEN collected_until WHEN sort IN (4, 12) THEN changed_on END)::VARCHAR AS valid_to,
  CASE WHEN sort = 7 THEN 'public-domain' END AS status
FROM valued
