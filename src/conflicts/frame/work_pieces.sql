-- One row per (target, cell, stretch of time): half-open days between neighbouring dates of the work's shares, with the day
-- at which the stretch is worked out. NULL is open.
WITH dates AS (
  SELECT DISTINCT work, day FROM (
    SELECT work, unnest([from_first, from_last, to_first, to_last]) AS day FROM work_facts
    UNION ALL
    SELECT f.work, unnest([s.valid_from, s.valid_to])
    FROM (SELECT DISTINCT work, territories FROM work_facts WHERE territories <> 'WORLD') AS f
    JOIN territory_sets AS s ON s.territories = f.territories
  ) AS each WHERE day IS NOT NULL
),
stretches AS (
  SELECT work, day AS "from", lead(day) OVER (PARTITION BY work ORDER BY day) AS "to", day FROM dates
  UNION ALL
  SELECT f.work, NULL, min(d.day), coalesce(CAST(min(d.day) - INTERVAL 1 DAY AS DATE), DATE '2000-01-01')
  FROM (SELECT DISTINCT work FROM work_facts) AS f LEFT JOIN dates AS d USING (work) GROUP BY f.work
)
SELECT t.target, s.work, c.cell, c.atoms, s.day, s."from", s."to", t.variants
FROM stretches AS s
JOIN targets AS t ON t.work = s.work
JOIN work_profiles AS p ON p.work = s.work
JOIN work_cells AS c ON c.profile = p.profile
