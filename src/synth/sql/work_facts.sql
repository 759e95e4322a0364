-- work_facts(low, high): one row per work g of the background, low <= g < high, in order of g: what it is and how its
-- claims stand. Stories have works of their own. Key: g.
--   place, category, names, mask, birth   see prelude.sql; mask: bit f says that feed f names it
--   writers, publishers                   how many; first_writer, first_publisher: the number of the first, others follow
--   writer_split, publisher_split         see part_of()
--   is_changed, changed_on, is_overlapping  control of the first publisher's part passed from `old_publisher`; collection
--                                         of the old one overlaps by half a year
--   is_divided, sub_from, subs            Territories of `subs` sub-publishers, from list number `sub_from` on
--   is_public_domain                      half of it is free
--   deviant                               the feed that differs (categories 1 to 3)
--   claimed                               category 1: percent that the deviant feed's claims add up to;
--                                         category 3: percent of its part that the deviant feed gives the first publisher
CREATE MACRO work_facts(low, high) AS TABLE
WITH numbered AS (
  SELECT range AS g, is_hit(range) AS is_hit, work_place(range) AS place
  FROM range(greatest(low, hits_from()), least(high, works()))
),
sorted AS (SELECT *, work_category(g, place) AS category FROM numbered),
counted AS (SELECT *, CASE WHEN is_hit THEN 9 ELSE work_names(category, place) END AS names FROM sorted),
named AS (
  SELECT *, work_mask(g, names) AS mask, work_birth(g, category, place, names) AS birth,
    is_guaranteed(g, category, place) AS is_guaranteed
  FROM counted
),
peopled AS (
  SELECT *,
    CASE WHEN is_hit THEN pick(writers_of_hits(), g, 3) ELSE pick(writers_of_tail(), g, 3) END AS writers,
    CASE WHEN is_hit THEN pick(publishers_of_hits(), g, 4)
      WHEN category > 0 THEN pick(publishers_of_claimed(), g, 4)
      WHEN is_guaranteed THEN greatest(1, pick(publishers_of_plain(), g, 4))
      ELSE pick(publishers_of_plain(), g, 4) END AS publishers
  FROM named
),
divided AS (
  SELECT *,
    category = 0 AND publishers > 0 AND birth = 0 AND chance(g, 22,
      CASE WHEN is_hit THEN public_domain_chance_of_hits() ELSE public_domain_chance() END) AS is_public_domain,
    CASE WHEN is_hit THEN divided_chances_of_hits() ELSE divided_chances() END[CASE WHEN publishers = 1 THEN 1 ELSE 2 END]
      AS divided_chance
  FROM peopled
)
SELECT g, is_hit, place, category, names, mask, birth, writers, publishers, is_public_domain,
  below(g, 7, CASE WHEN is_hit THEN greatest(writers() // 20, 60) ELSE writers() END) AS first_writer,
  CASE WHEN is_guaranteed THEN place
    ELSE below(g, 8, CASE WHEN is_hit THEN greatest(publishers() // 10, 60) ELSE publishers() END) END AS first_publisher,
  CASE WHEN is_hit THEN pick(splits_of_hits(), g, 5) ELSE pick(splits_of_tail(), g, 5) END AS writer_split,
  CASE WHEN is_hit THEN pick(splits_of_hits(), g, 6) ELSE pick(splits_of_tail(), g, 6) END AS publisher_split,
  CASE WHEN birth = 0 THEN DATE '1995-01-01' + below(g, 30, 7300)::INTEGER ELSE day_of(birth) END AS valid_from,
  category = 0 AND publishers > 0 AND birth = 0 AND NOT is_public_domain AND chance(g, 21,
    CASE WHEN is_hit THEN changed_chance_of_hits() ELSE changed_chance() END) AS is_changed,
  DATE '2017-06-15' + below(g, 31, 1461)::INTEGER AS changed_on,
  chance(g, 32, overlapping()) AS is_overlapping,
  (first_publisher + 60 + below(g, 33, 30)) % publishers() AS old_publisher,
  category = 0 AND publishers > 0 AND NOT is_public_domain AND chance(g, 23, divided_chance) AS is_divided,
  below(g, 24, len(sub_territories())) AS sub_from,
  least(6, greatest(1, (2 * publishers + 1) // 3)) AS subs,
  category = 0 AND publishers > 0 AND NOT is_guaranteed AND NOT is_public_domain AND chance(g, 28, 200000)
    AS is_administered,
  -- The collective, which speaks of one country only, is complete beside others: where values differ it is the one.
  CASE WHEN category = 3 AND has_bit(mask, 2) THEN 2
    WHEN category IN (1, 2, 3) THEN list_filter(range(0, 12), lambda f: has_bit(mask, f))[1 + below(g, 25, bit_count(mask::BIGINT))] END
    AS deviant,
  CASE category WHEN 1 THEN pick(overclaim_totals(), g, 26) WHEN 3 THEN 40 + below(g, 26, 50) END AS claimed,
  below(g, 27, rivals()) AS first_rival,
  below(g, 29, administrators()) AS administrator
FROM divided;
