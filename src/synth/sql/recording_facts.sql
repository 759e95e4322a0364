-- recording_facts(low, high): one row per recording r of the background, low <= r < high, in order of r. Key: r.
--   kind       0 embodies one work, 1 several, 2 unmatched
--   work       number of its work; of a medley, the place of the first among the core works; an unmatched one has a
--              number of its own, for its title
--   is_first   the first recording of its work
--   works      how many it embodies
--   pack       the release that it is on; a label delivers whole releases. label: number of the label; label_feed
--   birth      the delivery with which it is first stated
--   rank       its place by streams
CREATE MACRO recording_pack(r) AS r // 12;
CREATE MACRO pack_label(pack) AS below(pack, 70, labels());
CREATE MACRO label_feed(label) AS label_feeds()[1 + label % len(label_feeds())];
-- What would come with a delivery that is late comes with the next one, else its deal would look backdated.
CREATE MACRO not_late(feed, round) AS round + CASE WHEN list_contains(late_places(), feed * 1000 + round) THEN 1 ELSE 0 END;
CREATE MACRO pack_birth(pack) AS CASE WHEN pack * 12 >= tail_recordings_from() AND chance(pack, 84, arrivals())
  THEN not_late(label_feed(pack_label(pack)), 1 + below(pack, 85, snapshots() - 1)) ELSE 0 END;
-- Places beyond the first recording of each work go to few works: to the first of m works in k places the more, the
-- higher the power. Only plus, times and divided by: the same on every machine.
CREATE MACRO cubed(place, places, m) AS floor(m * (place / places) * (place / places) * (place / places))::BIGINT;
CREATE MACRO squared(place, places, m) AS floor(m * (place / places) * (place / places))::BIGINT;
CREATE MACRO kind_place(r) AS ((r - tail_recordings_from()) * kinds_factor() + kinds_shift()) % kinds_size();
CREATE MACRO is_unmatched(r) AS r >= tail_recordings_from() AND kind_place(r) >= singles() + CASE WHEN core_length() > 1 THEN medleys() ELSE 0 END;
-- What a service calls a recording, where its owner is not known.
CREATE MACRO service_id(number) AS concat('service::VR', number);
CREATE MACRO core_work(place) AS tail_work_at(core_start() + place % core_length());

CREATE MACRO recording_facts(low, high) AS TABLE
WITH numbered AS (
  SELECT range AS r, range < tail_recordings_from() AS is_hit,
    CASE WHEN range < tail_recordings_from() THEN range - hit_recordings_from() ELSE range - tail_recordings_from() END AS s
  FROM range(greatest(low, hit_recordings_from()), least(high, tracks()))
),
kinds AS (
  SELECT *, CASE WHEN is_hit THEN s ELSE kind_place(r) END AS place,
    CASE WHEN is_hit THEN pick(works_of_hit_recording(), r, 40) ELSE 1 END AS hit_works
  FROM numbered
),
sorted AS (
  SELECT *, CASE WHEN is_hit THEN CASE WHEN hit_works > 1 AND s >= hits() AND core_length() > 1 THEN 1 ELSE 0 END
    WHEN place < singles() THEN 0 WHEN is_unmatched(r) THEN 2 ELSE 1 END AS kind
  FROM kinds
)
SELECT r, is_hit, kind,
  CASE WHEN kind = 1 THEN below(r, 41, core_length())
    WHEN kind = 2 THEN works() + r
    WHEN is_hit THEN hits_from() + CASE WHEN place < hits() THEN place
      ELSE squared(place - hits(), hit_recordings() - hits(), hits()) END
    ELSE tail_from() + CASE WHEN place < tail_works() THEN place
      WHEN place < tail_works() + multi_works() THEN place - tail_works()
      ELSE cubed(place - tail_works() - multi_works(), singles() - tail_works() - multi_works(), multi_works()) END
    END AS work,
  kind = 0 AND place < CASE WHEN is_hit THEN hits() ELSE tail_works() END AS is_first,
  CASE WHEN kind <> 1 THEN 1 WHEN is_hit THEN hit_works ELSE least(pick(works_of_medley(), r, 42), core_length()) END AS works,
  recording_pack(r) AS pack, pack_birth(recording_pack(r)) AS birth, pack_label(recording_pack(r)) AS label,
  label_feed(pack_label(recording_pack(r))) AS label_feed,
  CASE WHEN is_hit THEN s ELSE hit_recordings() + (s * ranks_factor() + ranks_shift()) % ranks_size() END AS rank
FROM sorted;

-- link_facts(low, high): the same rows with who links them. mask: feeds that link the recording; `links_from`: the delivery
-- from which they can, as the work has to be there; `removed_in`: the delivery from which the collective, one of several,
-- links it no more. Feeds link the same recording only where both know the work's ISWC, so that they say the same.
CREATE MACRO first_of(linking, key) AS list_filter(range(0, 5), lambda f: has_bit(linking, f))[1 + below(key, 50, bit_count((linking)::BIGINT))];
CREATE MACRO link_facts(low, high) AS TABLE
WITH placed AS (
  SELECT *, CASE WHEN kind = 1 THEN core_work(work) ELSE work END AS g FROM recording_facts(low, high)
),
located AS (SELECT *, CASE WHEN kind = 2 THEN 0 ELSE work_place(g) END AS place FROM placed),
categories AS (SELECT *, CASE WHEN kind = 2 THEN 0 ELSE work_category(g, place) END AS category FROM located),
names AS (SELECT *, CASE WHEN kind = 2 OR is_hit(g) THEN 9 ELSE work_names(category, place) END AS names FROM categories),
masks AS (
  SELECT *, CASE WHEN kind = 2 THEN 0 ELSE work_mask(g, names) & linking_mask() END AS linking,
    CASE WHEN kind = 2 THEN 0 ELSE work_birth(g, category, place, names) END AS work_birth
  FROM names
),
firsts AS (
  SELECT *, CASE WHEN kind = 2 THEN -1 WHEN bit_count(linking::BIGINT) = 1 THEN bit_count((linking - 1)::BIGINT) ELSE first_of(linking, r) END AS first_feed
  FROM masks
),
others AS (
  SELECT *, kind = 0 AND bit_count(linking::BIGINT) > 1 AND has_iswc(g, category, place, first_feed) AS is_shared FROM firsts
)
SELECT r, is_hit, kind, work, g, is_first, works, pack, birth, label, label_feed, rank, first_feed,
  greatest(birth, work_birth) AS links_from,
  is_shared AND first_feed <> 2 AND rank >= ranked() AND birth = 0 AND work_birth = 0 AND chance(r, 86, removals()) AS is_removed,
  CASE WHEN is_removed THEN 1 + below(r, 87, snapshots() - 1) END AS removed_in,
  CASE WHEN kind = 2 THEN 0 ELSE (1::BIGINT << first_feed)
    + CASE WHEN is_shared AND first_feed <> 0 AND has_bit(linking, 0) AND chance(r, 51, 600000) AND has_iswc(g, category, place, 0) THEN 1 ELSE 0 END
    + CASE WHEN is_shared AND first_feed <> 2 AND has_bit(linking, 2) AND chance(r, 52, 600000) AND has_iswc(g, category, place, 2) THEN 4 ELSE 0 END
    + CASE WHEN is_shared AND first_feed <> 4 AND has_bit(linking, 4) AND chance(r, 53, 600000) AND has_iswc(g, category, place, 4) THEN 16 ELSE 0 END
    END AS mask
FROM others;
