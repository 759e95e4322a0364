-- An independent look at the claims of a catalogue, as known on $known: which of the conflicts C-SHR-01 to C-SHR-05 hold at
-- a few cells, worked out from the files by the definitions of the taxonomy. One row per conflict, work, right, territory, day.
-- `shares`, `works`, `parties`: rows of the deliveries that stand then, with their feed.
WITH cells AS (
  SELECT territory, day FROM unnest(['US', 'DE', 'AT', 'FR', 'JP', 'MX', 'CH']) AS t(territory),
    unnest(['2016-06-01', '2018-04-01', '2019-05-01', '2021-06-01', '2021-07-05']) AS d(day)
),
known_works AS (SELECT feed, work_id, coalesce(split_part(iswc, '|', 1), feed || ' ' || work_id) AS work FROM works),
-- The lists are cut once, not once for each cell.
cut AS MATERIALIZED (SELECT *, string_split(territories, '|') AS list FROM shares),
known_parties AS (SELECT feed, party_id, coalesce(isni, ipi_name_number) AS party FROM parties),
rows AS (
  SELECT w.work, s.feed, s.work_id, s.party_id, TRY_CAST(s.share AS DECIMAL(18, 6)) AS share, s.share_kind AS kind, s."right", s.role,
    coalesce(s.chain, '') AS chain, c.territory, c.day, coalesce(p.party, s.feed || ' ' || s.party_id) AS party,
    s.status = 'public-domain' AS is_free, s.share IS NOT NULL AND TRY_CAST(s.share AS DOUBLE) IS NULL AS is_rejected
  FROM cut AS s JOIN known_works AS w USING (feed, work_id) JOIN cells AS c
    ON (s.valid_from IS NULL OR s.valid_from <= c.day) AND (s.valid_to IS NULL OR s.valid_to > c.day)
    AND NOT list_contains(s.list, '!' || c.territory)
    AND (list_contains(s.list, 'WORLD') OR list_contains(s.list, c.territory))
  LEFT JOIN known_parties AS p ON p.feed = s.feed AND p.party_id = s.party_id
),
stated AS (SELECT * FROM rows WHERE NOT is_rejected),
ranked AS (
  SELECT *, CASE kind WHEN 'licensing' THEN 1 WHEN 'collection' THEN 2 WHEN 'ownership' THEN 3 END AS rank FROM stated
  WHERE kind <> 'manuscript' AND role IS DISTINCT FROM 'income-participant' AND share IS NOT NULL
),
best AS (
  SELECT *, min(rank) OVER (PARTITION BY work, "right", territory, day) AS best_of_all,
    min(rank) OVER (PARTITION BY work, "right", territory, day, feed, work_id) AS best_of_voice,
    min(rank) OVER (PARTITION BY work, "right", territory, day, feed, work_id, chain) AS best_of_chain
  FROM ranked
),
counted AS (
  SELECT work, "right", territory, day, feed, work_id, CASE WHEN coalesce(is_free, false) THEN 'free' ELSE party END AS party, share
  FROM best WHERE best_of_voice = best_of_all AND rank = best_of_chain AND (party_id IS NOT NULL OR coalesce(is_free, false))
    AND share BETWEEN 0 AND 100
),
spoken AS (SELECT work, "right", territory, day, feed, work_id, party, sum(share) AS q FROM counted GROUP BY ALL),
voices AS (SELECT work, "right", territory, day, feed, work_id, sum(q) AS s FROM spoken GROUP BY ALL),
parties_at AS (
  SELECT work, "right", territory, day, party, max(least(100, q)) AS hi, min(least(100, q)) AS lo, max(q) - min(q) AS apart FROM spoken GROUP BY ALL
),
totals AS (
  SELECT p.*, v.voices, v.most FROM
    (SELECT work, "right", territory, day, sum(hi) AS hi, sum(lo) AS lo, count(*) AS claimants FROM parties_at GROUP BY ALL) AS p
    JOIN (SELECT work, "right", territory, day, count(*) AS voices, max(s) AS most FROM voices GROUP BY ALL) AS v USING (work, "right", territory, day)
),
open AS (
  SELECT DISTINCT work, "right", territory, day FROM stated WHERE party_id IS NULL AND NOT coalesce(is_free, false)
)
SELECT DISTINCT conflict, work, "right", territory, day, magnitude FROM (
  SELECT 'C-SHR-01' AS conflict, work, "right", territory, day, hi AS magnitude FROM totals WHERE voices > 1 AND hi > 100.06 AND claimants > 1
  UNION ALL SELECT 'C-SHR-02', work, "right", territory, day, max(s) FROM voices WHERE s > 100.06 GROUP BY ALL
  UNION ALL SELECT 'C-SHR-03', work, "right", territory, day, 100 - hi FROM totals AS t
    WHERE NOT (most >= 99.94 OR lo >= 99.94) AND NOT EXISTS (FROM open AS o WHERE (o.work, o."right", o.territory, o.day) = (t.work, t."right", t.territory, t.day))
  UNION ALL SELECT 'C-SHR-04', work, "right", territory, day, NULL FROM open
  UNION ALL SELECT 'C-SHR-05', work, "right", territory, day, max(apart) FROM parties_at WHERE apart > 0.06 GROUP BY ALL
)
