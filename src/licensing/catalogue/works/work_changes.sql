-- One row per (target, right): what there is to know of a work inside a recording. `high` and `low`, a number of 128 bits for
-- its degrees, everywhere and at all times, in which a date stands as its place in `changes`, the days on which the degree
-- changes anywhere; `territories`, the texts that its facts use; `picture`, a number for all of this, days and all. Works that differ in their facts, but not in what comes of
-- them, have one number.
WITH used AS (
  SELECT high, low, "right", list_sort(list_distinct(list_concat(list("from"), list("to")))) AS places
  FROM derived.work_segments GROUP BY high, low, "right"
),
told AS (
  SELECT d.high, d.low, d."right", any_value(u.places) AS places, list_sort(list(hash(s.content,
    list_position(u.places, d."from"), list_position(u.places, d."to"), d.licensed, d.exempt, d.unlicensed, d.unknown, d.disputed,
    d.cleared, d.at_most, d.reason))) AS degrees
  FROM derived.work_segments AS d JOIN used AS u USING (high, low, "right")
  JOIN (SELECT country_set, hash(territories) AS content FROM derived.country_sets) AS s USING (country_set)
  GROUP BY d.high, d.low, d."right"
)
SELECT target, "right", high, low, changes, territories, hash(high, low, changes, territories) AS picture
FROM (
  SELECT w.target, w."right", hash(t.degrees) AS high, hash(1, t.degrees) AS low,
    list_transform(t.places, lambda place: w.dates[place]) AS changes, w.territories
  FROM work_shapes AS w JOIN told AS t USING (high, low, "right")
) AS each
