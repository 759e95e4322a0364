-- One row per shape of a cell that nobody worked out before: a target and a cell that stand for it, with their dates.
SELECT c.high, c.low, c."right", arg_min(c.target, (c.target, c.cell)) AS thing, arg_min(c.cell, (c.target, c.cell)) AS cell,
  arg_min(c.dates, (c.target, c.cell)) AS dates
FROM cell_shapes AS c
WHERE (c.high, c.low, c."right") NOT IN (SELECT (high, low, "right") FROM derived.work_cell_degrees)
GROUP BY c.high, c.low, c."right"
