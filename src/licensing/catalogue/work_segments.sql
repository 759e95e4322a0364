-- One row per (shape, right, set of territories, segment) of the works of this part: the segments of its cells, which are worked
-- out by now, from one place in the dates of the shape to another, NULL where open. Countries that say the same are one set.
WITH placed AS (
  SELECT s.high, s.low, s."right", c.members, list_position(s.dates, e.dates[d."from"]) AS "from",
    list_position(s.dates, e.dates[d."to"]) AS "to", d.* EXCLUDE (high, low, "right", salt, "from", "to")
  FROM asked_shapes AS s
  JOIN profiles AS p ON p.thing = s.thing
  JOIN profile_cells AS c ON c.profile = p.profile
  JOIN cell_shapes AS e ON e.target = s.thing AND e.cell = c.cell
  JOIN derived.work_cell_degrees AS d ON d.high = e.high AND d.low = e.low AND d."right" = e."right"
)
SELECT high, low, "right", list_sort(flatten(list(members))) AS territories, "from", "to", licensed, exempt, unlicensed, unknown,
  disputed, cleared, at_most, reason
FROM placed GROUP BY ALL
