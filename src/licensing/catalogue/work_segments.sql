-- One row per (shape, right, set of territories, segment) of the works of this part: the segments of its cells, which are worked
-- out by now, from one place in the dates of the shape to another, NULL where open. Countries that say the same are one set.
WITH placed AS (
  SELECT s.high, s.low, s."right", p.profile, list_sort(list(e.cell)) AS cells, list_position(s.dates, e.dates[d."from"]) AS "from",
    list_position(s.dates, e.dates[d."to"]) AS "to", d.* EXCLUDE (high, low, "right", salt, "from", "to")
  FROM asked_shapes AS s
  JOIN profiles AS p ON p.thing = s.thing
  JOIN cell_shapes AS e ON e.target = s.thing
  JOIN derived.work_cell_degrees AS d ON d.high = e.high AND d.low = e.low AND d."right" = e."right"
  GROUP BY ALL
),
sets AS (
  SELECT u.profile, u.cells, list_sort(flatten(list(c.members))) AS territories
  FROM (SELECT profile, cells, unnest(cells) AS cell FROM (SELECT DISTINCT profile, cells FROM placed) AS each) AS u
  JOIN profile_cells AS c ON c.profile = u.profile AND c.cell = u.cell
  GROUP BY u.profile, u.cells
)
SELECT p.high, p.low, p."right", t.territories, p."from", p."to", p.licensed, p.exempt, p.unlicensed, p.unknown, p.disputed,
  p.cleared, p.at_most, p.reason
FROM placed AS p JOIN sets AS t USING (profile, cells)
