-- Macros that every relation of the synthetic catalogue is made with. Each attribute is a function of the seed, the
-- number of an entity and a salt: no state, no order, no join. `n` is below 2^47, a salt below 256 and used once:
--   1-19 works · 20-29 claims · 30-39 dates · 40-49 recordings · 50-59 links · 60-69 usage · 70-79 parties, licences
--   80-89 changes between deliveries

-- 64 bits without visible order. DuckDB's hash() of an integer is a fixed mixing; a test holds it to that.
CREATE MACRO draw(n, salt) AS hash(xor(n::BIGINT * 256 + salt, seed_key()));
CREATE MACRO below(n, salt, bound) AS (draw(n, salt) % (bound)::UBIGINT)::BIGINT;
CREATE MACRO chance(n, salt, in_a_million) AS below(n, salt, 1000000) < in_a_million;
CREATE MACRO pick(list, n, salt) AS list[1 + below(n, salt, len(list))];

-- Numbers below 2^30 in another order, each once.
CREATE MACRO scrambled_once(x) AS (x::BIGINT * 662607015) & 1073741823;
CREATE MACRO scrambled(x) AS scrambled_once(xor(scrambled_once(x), scrambled_once(x) >> 15));

-- Texts: no two numbers have the same.
CREATE MACRO title_text(x) AS concat(first_words()[1 + (x & 31)], ' ', second_words()[1 + ((x >> 5) & 31)], ' of ',
  starts()[1 + ((x >> 10) & 1023)], ends()[1 + (x >> 20)]);
-- Letter by letter: a title in another script, not a transliteration by any standard.
CREATE MACRO in_cyrillic(title) AS translate(title, 'ABCDEFGHIJKLMNOPRSTUVWXYZabcdefghijklmnoprstuvwxyz',
  'АБЦДЕФГХИЙКЛМНОПРСТУВЩЭЫЗабцдефгхийклмнопрстувщэыз');
CREATE MACRO surname(x) AS concat(starts()[1 + ((x >> 10) & 1023)], ends()[1 + (x >> 20)], ends()[1 + (x & 31)]);
CREATE MACRO given_name(x) AS given_names()[1 + ((x >> 5) & 31)];
CREATE MACRO label_name(n) AS concat(starts()[1 + (n) * 25], ' Records');

-- Identifiers with their check digits (ISO 15707, CISAC IPI, ISO 3901, ISO 27729, GS1).
CREATE MACRO digit(x, power) AS (x // power) % 10;
CREATE MACRO sum_1_to_9(x) AS digit(x, 100000000) + 2 * digit(x, 10000000) + 3 * digit(x, 1000000) + 4 * digit(x, 100000)
  + 5 * digit(x, 10000) + 6 * digit(x, 1000) + 7 * digit(x, 100) + 8 * digit(x, 10) + 9 * (x % 10);
CREATE MACRO sum_10_to_2(x) AS 10 * digit(x, 100000000) + 9 * digit(x, 10000000) + 8 * digit(x, 1000000)
  + 7 * digit(x, 100000) + 6 * digit(x, 10000) + 5 * digit(x, 1000) + 4 * digit(x, 100) + 3 * digit(x, 10) + 2 * (x % 10);
CREATE MACRO iswc_check(x) AS (9 * (1 + sum_1_to_9(x))) % 10;
CREATE MACRO iswc_text(k) AS concat('T', 900000000 + k, iswc_check(900000000 + k));
-- Of two ISWCs of a work, and of a wrong one.
CREATE MACRO second_iswc(k) AS iswc_text(99999999 - k);
CREATE MACRO bad_iswc(k) AS concat('T', 900000000 + k, (iswc_check(900000000 + k) + 1) % 10);
CREATE MACRO ipi_check(x) AS (101 - sum_10_to_2(x) % 101) % 101 % 100;
CREATE MACRO ipi_text(x) AS concat(x, substr((100 + ipi_check(x))::VARCHAR, 2));
CREATE MACRO bad_ipi(x) AS concat(x, substr((100 + (ipi_check(x) + 1) % 100)::VARCHAR, 2));
CREATE MACRO ipi_base(x) AS concat('I-', x, '-', (9 * (2 + sum_1_to_9(x))) % 10);
CREATE MACRO isni_sum(x) AS 512 * digit(x, 100000000) + 256 * digit(x, 10000000) + 128 * digit(x, 1000000)
  + 64 * digit(x, 100000) + 32 * digit(x, 10000) + 16 * digit(x, 1000) + 8 * digit(x, 100) + 4 * digit(x, 10)
  + 2 * (x % 10);
CREATE MACRO isni_text(x) AS concat('000000', x, substr('0123456789X', ((12 - isni_sum(x) % 11) % 11 + 1)::BIGINT, 1));
CREATE MACRO base_36(x) AS substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + x, 1);
-- The first ISRC of a recording is number 0; a recording has up to four.
CREATE MACRO isrc_text(r, number) AS concat('ZZ',
  substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + (r // 129600000) + 4 * (number), 1), base_36(r // 3600000 % 36),
  base_36(r // 100000 % 36), substr((100 + r % 22)::VARCHAR, 2), substr((100000 + r % 100000)::VARCHAR, 2));
CREATE MACRO gtin_sum(x) AS digit(x, 100000000000) + 3 * digit(x, 10000000000) + digit(x, 1000000000)
  + 3 * digit(x, 100000000) + digit(x, 10000000) + 3 * digit(x, 1000000) + digit(x, 100000) + 3 * digit(x, 10000)
  + digit(x, 1000) + 3 * digit(x, 100) + digit(x, 10) + 3 * (x % 10);
CREATE MACRO gtin_text(x) AS concat(x, (10 - gtin_sum(x) % 10) % 10);

-- Parties: the nine digits of their IPI are their number among all parties.
CREATE MACRO writer_number(n) AS 100000000::BIGINT + n;
CREATE MACRO publisher_number(n) AS 200000000::BIGINT + n;
CREATE MACRO story_party_number(n) AS 300000000::BIGINT + n;
CREATE MACRO label_number(n) AS 400000000::BIGINT + n;
CREATE MACRO society_number(n) AS 410000000::BIGINT + n;
CREATE MACRO artist_number(n) AS 500000000::BIGINT + n;
-- Publishers who administer, who sub-publish, and who claim what is another's, follow the publishers with licences.
CREATE MACRO administrators() AS 20;
CREATE MACRO rivals() AS 200;
CREATE MACRO administrator(n) AS publishers() + n;
CREATE MACRO sub_publisher(n) AS publishers() + administrators() + n;
CREATE MACRO rival(n) AS publishers() + administrators() + len(sub_territories()) + n;
CREATE MACRO all_publishers() AS publishers() + administrators() + len(sub_territories()) + rivals();
CREATE MACRO societies() AS 4;
CREATE MACRO labels() AS 40;

-- Ids are local to a feed: its letter, a letter for the kind, a number.
CREATE MACRO local_id(feed, kind, n) AS concat(letters()[1 + feed], kind, n);

-- As the evidence calls it: a reader of BWARM knows a work by the sender's own number.
CREATE MACRO stated_id(feed, letter, number) AS CASE WHEN is_bwarm() = 1 AND feed = 2 AND letter = 'W'
  THEN concat('dpid:', sender_dpid(), ':', local_id(feed, letter, number)) ELSE local_id(feed, letter, number) END;
-- The IPI of a writer, a publisher or a story's party, by its local id.
CREATE MACRO ipi_of(party_id) AS ipi_text(CASE substr(party_id, 2, 1) WHEN 'Q' THEN writer_number(substr(party_id, 3)::BIGINT)
  WHEN 'P' THEN publisher_number(substr(party_id, 3)::BIGINT) ELSE story_party_number(substr(party_id, 3)::BIGINT) END);

-- Days. All feeds are received on one day of a month.
CREATE MACRO day_of(round) AS (first_day() + to_months((round)::INTEGER))::DATE;
CREATE MACRO received_in(round) AS day_of(round) + 9;

-- Works, by number g: its place in the shuffled order of hits or of the tail says what claims it has. Categories: 0 plain,
-- 1 one provider claims too much, 2 providers name rivals, 3 providers state different values, 4 claimed in part,
-- 5 claimed in part with the rest as copyright control.
CREATE MACRO is_hit(g) AS g < tail_from();
CREATE MACRO work_place(g) AS CASE WHEN is_hit(g)
  THEN ((g - hits_from()) * hit_works_factor() + hit_works_shift()) % hit_works_size()
  ELSE ((g - tail_from()) * tail_works_factor() + tail_works_shift()) % tail_works_size() END;
CREATE MACRO tail_work_at(place) AS tail_from()
  + ((place - tail_works_shift() + tail_works_size()) % tail_works_size() * tail_works_back()) % tail_works_size();
CREATE MACRO category_at(place, starts) AS CASE WHEN place >= starts[6] THEN 5 WHEN place >= starts[5] THEN 4
  WHEN place >= starts[4] THEN 3 WHEN place >= starts[3] THEN 2 WHEN place >= starts[2] THEN 1 ELSE 0 END;
CREATE MACRO work_category(g, place) AS
  CASE WHEN is_hit(g) THEN category_at(place, hit_starts()) ELSE category_at(place, tail_starts()) END;
CREATE MACRO work_names(category, place) AS CASE WHEN category IN (2, 3)
  THEN named_by_where_differing()[1 + (place - tail_starts()[1 + category]) * 1000 // tail_lengths()[1 + category]]
  ELSE named_by()[1 + (place - tail_starts()[1 + category]) * 1000 // tail_lengths()[1 + category]] END;
CREATE MACRO work_mask(g, names) AS CASE WHEN is_hit(g) THEN pick(masks_of_hits(), g, 1)
  WHEN names = 1 THEN pick(masks_of_one(), g, 1) WHEN names = 2 THEN pick(masks_of_two(), g, 1)
  WHEN names = 3 THEN pick(masks_of_three(), g, 1) ELSE pick(masks_of_four(), g, 1) END;
CREATE MACRO has_bit(mask, place) AS ((mask >> place) & 1) = 1;
-- The first plain works have the publisher of their place, so that none is licensed who has no share.
CREATE MACRO is_guaranteed(g, category, place) AS NOT is_hit(g) AND category = 0 AND place < licensed_publishers();
-- The delivery with which a work is first stated.
CREATE MACRO work_birth(g, category, place, names) AS CASE WHEN is_hit(g) OR category <> 0 OR names >= top_names()
  OR is_guaranteed(g, category, place) OR NOT chance(g, 80, arrivals()) THEN 0 ELSE 1 + below(g, 81, snapshots() - 1) END;
CREATE MACRO has_iswc(g, category, place, feed) AS category <> 0 OR is_guaranteed(g, category, place)
  OR NOT chance(g * 16 + feed, 2, CASE WHEN is_hit(g) THEN missing_iswc_of_hits() ELSE missing_iswc()[1 + feed] END);
-- The society states two ISWCs of four hits in a hundred; those of the long tail are stories.
CREATE MACRO has_two_iswcs(g, place, feed) AS feed = 0 AND is_hit(g) AND place % 25 = 0;

-- A whole of 100 000 000 (millionths of a percent) in n parts, part j. Splits: 0 equal, 1 halves and quarters, 2 thirds of
-- two decimals, 3 odd decimals: pairs of parts differ by twice a hundredth that hangs on `key`.
CREATE MACRO quarter_part(n, j) AS CASE WHEN n = 2 THEN CASE j WHEN 0 THEN 75000000 ELSE 25000000 END
  WHEN j = 0 THEN 50000000 WHEN j = 1 THEN 25000000 ELSE 25000000 // (n - 2) END;
CREATE MACRO third_part(n, j) AS CASE WHEN n = 2 THEN CASE j WHEN 0 THEN 66670000 ELSE 33330000 END
  WHEN j = 0 THEN 33340000 WHEN j = 1 THEN 33330000 ELSE 33330000 // (n - 2) END;
CREATE MACRO hundredths(n) AS 10000 // n;
CREATE MACRO odd_part(n, j, key) AS 10000 * (hundredths(n) + CASE WHEN j = 0 THEN 10000 - n * hundredths(n) ELSE 0 END
  + CASE WHEN (j | 1) >= n THEN 0 ELSE (1 - 2 * (j & 1)) * (1 + 2 * below(key * 64 + (j >> 1), 20, greatest(hundredths(n) // 3, 1))) END);
CREATE MACRO part_of(n, j, split, key) AS CASE WHEN n = 1 THEN 100000000 WHEN split = 0 THEN 100000000 // n
  WHEN split = 1 THEN quarter_part(n, j) WHEN split = 2 THEN third_part(n, j) ELSE odd_part(n, j, key) END;

-- Millionths of a percent as text without needless zeros.
CREATE MACRO percent_text(micro) AS CASE WHEN micro IS NULL THEN NULL WHEN micro % 1000000 = 0 THEN (micro // 1000000)::VARCHAR
  ELSE rtrim(concat(micro // 1000000, '.', substr((1000000 + micro % 1000000)::VARCHAR, 2)), '0') END;

-- Seven publishers in ten license themselves; a society licenses for the others.
CREATE MACRO is_directly_licensed(n) AS chance(n, 73, 700000);

-- Of a mask of feeds: the first, and the names of all.
CREATE MACRO first_bit(mask) AS bit_count(((mask & -mask) - 1)::BIGINT);
CREATE MACRO names_of(mask) AS array_to_string(list_transform(list_filter(range(0, 12), lambda f: has_bit(mask, f)),
  lambda f: feed_names()[1 + f]), '|');
