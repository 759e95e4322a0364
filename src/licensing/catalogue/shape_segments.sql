-- One row per (shape, right, set of territories, segment) of this part: the segments of its cells, which are worked out by
-- now, from one place in the dates of the shape to another, NULL where open. Cells that say the same are one set.
WITH merged AS (
  SELECT s.high, s.low, s."right", s.dates, d.dates AS cell_dates, d.high AS cell_high, d.low AS cell_low,
    list_sort(flatten(list(c.members))) AS territories
  FROM asked_shapes AS s
  JOIN profiles AS p ON p.recording = s.recording
  JOIN profile_cells AS c ON c.profile = p.profile
  JOIN cell_shapes AS d ON d.recording = s.recording AND d.cell = c.cell
  GROUP BY s.high, s.low, s."right", s.dates, d.dates, d.high, d.low
)
SELECT m.high, m.low, m."right", m.territories,
  list_position(m.dates, m.cell_dates[d."from"]) AS "from", list_position(m.dates, m.cell_dates[d."to"]) AS "to",
  d.licensed, d.exempt, d.unlicensed, d.unknown, d.disputed, d.cleared, d.at_most, d.status, d.reason
FROM merged AS m
JOIN derived.cell_degrees AS d ON d.high = m.cell_high AND d.low = m.cell_low AND d."right" = m."right"
