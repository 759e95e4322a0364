-- One row per (shape, right, set of territories, segment) of the recordings of this part: from one place in the dates of the
-- shape to another, NULL where open. Countries that say the same are one set.
WITH placed AS (
  SELECT s.high, s.low, s."right", p.profile, list_sort(list(d.cell)) AS cells, list_position(s.dates, d."from") AS "from",
    list_position(s.dates, d."to") AS "to", d.* EXCLUDE (thing, cell, "right", "from", "to")
  FROM segments AS d
  JOIN asked_shapes AS s ON s.thing = d.thing AND s."right" = d."right"
  JOIN profiles AS p ON p.thing = s.thing
  GROUP BY ALL
),
sets AS (
  SELECT u.profile, u.cells, list_sort(flatten(list(c.members))) AS territories
  FROM (SELECT profile, cells, unnest(cells) AS cell FROM (SELECT DISTINCT profile, cells FROM placed) AS each) AS u
  JOIN profile_cells AS c ON c.profile = u.profile AND c.cell = u.cell
  GROUP BY u.profile, u.cells
)
SELECT p.high, p.low, p."right", t.territories, p."from", p."to", p.licensed, p.exempt, p.unlicensed, p.unknown, p.disputed,
  p.cleared, p.at_most, p.status, p.reason
FROM placed AS p JOIN sets AS t USING (profile, cells)
