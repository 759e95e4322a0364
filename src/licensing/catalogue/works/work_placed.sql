-- One row per (shape, right, set of cells, segment) of the works of this part: the segments of its cells, which are worked out by
-- now, from one place in the dates of the shape to another, NULL where open.
SELECT s.high, s.low, s."right", p.profile, list_sort(list(e.cell)) AS cells, list_position(s.dates, e.dates[d."from"]) AS "from",
  list_position(s.dates, e.dates[d."to"]) AS "to", d.* EXCLUDE (high, low, "right", salt, "from", "to")
FROM asked_shapes AS s
JOIN profiles AS p ON p.thing = s.thing
JOIN cell_shapes AS e ON e.target = s.thing
JOIN derived.work_cell_degrees AS d ON d.high = e.high AND d.low = e.low AND d."right" = e."right"
GROUP BY ALL
