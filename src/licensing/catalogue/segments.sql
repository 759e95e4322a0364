-- One row per (recording, right, cell, segment): neighbouring stretches with equal results joined; half-open days.
WITH stretched AS (
  SELECT p.recording, p.cell, p."from", p."to", d."right", d.status, d.licensed, d.exempt, d.unlicensed, d.unknown, d.disputed,
    d.cleared, d.at_most, d.reason
  FROM pieces AS p JOIN recording_degrees AS d ON d.recording = p.recording AND d.cell = p.cell AND d.day = p.day
),
marked AS (
  SELECT *, CASE WHEN lag(licensed) OVER time = licensed AND lag(exempt) OVER time = exempt
      AND lag(unlicensed) OVER time = unlicensed AND lag(unknown) OVER time = unknown AND lag(disputed) OVER time = disputed
    THEN 0 ELSE 1 END AS begins
  FROM stretched
  WINDOW time AS (PARTITION BY recording, cell, "right" ORDER BY "from" NULLS FIRST)
),
numbered AS (
  SELECT *, sum(begins) OVER (PARTITION BY recording, cell, "right" ORDER BY "from" NULLS FIRST) AS number FROM marked
)
SELECT n.recording, n."right", c.members AS territories,
  CASE WHEN bool_or(n."from" IS NULL) THEN NULL ELSE min(n."from") END AS "from",
  CASE WHEN bool_or(n."to" IS NULL) THEN NULL ELSE max(n."to") END AS "to",
  any_value(n.licensed) AS licensed, any_value(n.exempt) AS exempt, any_value(n.unlicensed) AS unlicensed,
  any_value(n.unknown) AS unknown, any_value(n.disputed) AS disputed,
  arg_min(n.cleared, coalesce(n."from", DATE '0001-01-01')) AS cleared,
  arg_min(n.at_most, coalesce(n."from", DATE '0001-01-01')) AS at_most,
  arg_min(n.status, coalesce(n."from", DATE '0001-01-01')) AS status, any_value(n.reason) AS reason
FROM numbered AS n
JOIN profiles AS p ON p.recording = n.recording
JOIN profile_cells AS c ON c.profile = p.profile AND c.cell = n.cell
GROUP BY n.recording, n."right", c.members, n.number
