-- One row per (shape, right, set of cells, segment) of the recordings of this part: from one place in the dates of the shape to
-- another, NULL where open.
SELECT s.high, s.low, s."right", p.profile, list_sort(list(d.cell)) AS cells, list_position(s.dates, d."from") AS "from",
  list_position(s.dates, d."to") AS "to", d.* EXCLUDE (thing, cell, "right", "from", "to")
FROM segments AS d
JOIN asked_shapes AS s ON s.thing = d.thing AND s."right" = d."right"
JOIN profiles AS p ON p.thing = s.thing
GROUP BY ALL
