-- One row per (thing, cell, right, segment): neighbouring stretches with equal results joined. Half-open days, NULL where open.
WITH marked AS (
  SELECT *, CASE WHEN lag(licensed) OVER time = licensed AND lag(exempt) OVER time = exempt
      AND lag(unlicensed) OVER time = unlicensed AND lag(unknown) OVER time = unknown AND lag(disputed) OVER time = disputed
      AND lag(cleared) OVER time = cleared AND lag(at_most) OVER time = at_most AND lag(status) OVER time = status
      AND lag(reason) OVER time IS NOT DISTINCT FROM reason
    THEN 0 ELSE 1 END AS begins
  FROM stretched
  WINDOW time AS (PARTITION BY thing, cell ORDER BY "from" NULLS FIRST)
),
numbered AS (
  SELECT *, sum(begins) OVER (PARTITION BY thing, cell ORDER BY "from" NULLS FIRST) AS number FROM marked
)
SELECT thing, cell, "right", CASE WHEN bool_or("from" IS NULL) THEN NULL ELSE min("from") END AS "from",
  CASE WHEN bool_or("to" IS NULL) THEN NULL ELSE max("to") END AS "to",
  any_value(licensed) AS licensed, any_value(exempt) AS exempt, any_value(unlicensed) AS unlicensed, any_value(unknown) AS unknown,
  any_value(disputed) AS disputed, any_value(cleared) AS cleared, any_value(at_most) AS at_most, any_value(status) AS status,
  any_value(reason) AS reason
FROM numbered GROUP BY thing, cell, "right", number
