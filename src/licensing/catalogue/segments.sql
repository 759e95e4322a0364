-- One row per (shape of a cell, right, segment): neighbouring stretches with equal results joined. Half-open: from one place
-- in the dates of a cell of that shape to another, NULL where open. `salt` as in recording_shapes.sql.
WITH stretched AS (
  SELECT p.recording, p.cell, p."from", p."to", coalesce(p."from", DATE '0001-01-01') AS start, d."right", d.status, d.licensed,
    d.exempt, d.unlicensed, d.unknown, d.disputed, d.cleared, d.at_most, d.reason
  FROM pieces AS p JOIN recording_degrees AS d ON d.recording = p.recording AND d.cell = p.cell AND d.day = p.day
),
marked AS (
  SELECT *, CASE WHEN lag(licensed) OVER time = licensed AND lag(exempt) OVER time = exempt
      AND lag(unlicensed) OVER time = unlicensed AND lag(unknown) OVER time = unknown AND lag(disputed) OVER time = disputed
      AND lag(cleared) OVER time = cleared AND lag(at_most) OVER time = at_most AND lag(status) OVER time = status
      AND lag(reason) OVER time IS NOT DISTINCT FROM reason
    THEN 0 ELSE 1 END AS begins
  FROM stretched
  WINDOW time AS (PARTITION BY recording, cell ORDER BY start)
),
numbered AS (
  SELECT *, sum(begins) OVER (PARTITION BY recording, cell ORDER BY start) AS number FROM marked
)
SELECT s.high, s.low, n."right", any_value(s.salt) AS salt,
  CASE WHEN bool_or(n."from" IS NULL) THEN NULL ELSE list_position(any_value(s.dates), min(n."from")) END AS "from",
  CASE WHEN bool_or(n."to" IS NULL) THEN NULL ELSE list_position(any_value(s.dates), max(n."to")) END AS "to",
  any_value(n.licensed) AS licensed, any_value(n.exempt) AS exempt, any_value(n.unlicensed) AS unlicensed,
  any_value(n.unknown) AS unknown, any_value(n.disputed) AS disputed, any_value(n.cleared) AS cleared,
  any_value(n.at_most) AS at_most, any_value(n.status) AS status, any_value(n.reason) AS reason
FROM numbered AS n
JOIN new_cells AS s ON s.recording = n.recording AND s.cell = n.cell
GROUP BY s.high, s.low, n."right", n.number
