-- One row per (shape, right, set of territories, segment) of the recordings of this part: from one place in the dates of the
-- shape to another, NULL where open. Countries that say the same are one set.
SELECT s.high, s.low, s."right", list_sort(flatten(list(c.members))) AS territories, list_position(s.dates, d."from") AS "from",
  list_position(s.dates, d."to") AS "to", d.licensed, d.exempt, d.unlicensed, d.unknown, d.disputed, d.cleared, d.at_most,
  d.status, d.reason
FROM segments AS d
JOIN asked_shapes AS s ON s.thing = d.thing AND s."right" = d."right"
JOIN profiles AS p ON p.thing = s.thing
JOIN profile_cells AS c ON c.profile = p.profile AND c.cell = d.cell
GROUP BY ALL
