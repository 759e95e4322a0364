-- One row per shape of a cell that nobody worked out before: a recording and a cell that stand for it, with their dates.
SELECT c.high, c.low, c."right", arg_min(c.recording, (c.recording, c.cell)) AS recording,
  arg_min(c.cell, (c.recording, c.cell)) AS cell, arg_min(c.dates, (c.recording, c.cell)) AS dates, any_value(r.salt) AS salt
FROM cell_shapes AS c JOIN salts AS r USING ("right")
WHERE (c.high, c.low, c."right") NOT IN (SELECT (high, low, "right") FROM derived.cell_degrees)
GROUP BY c.high, c.low, c."right"
