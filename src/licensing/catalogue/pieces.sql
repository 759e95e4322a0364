-- One row per (recording, cell, stretch of time): half-open days between neighbouring dates of the recording's facts, with
-- the day at which the stretch is worked out. NULL is open.
WITH dates AS (
  SELECT DISTINCT recording, day FROM (
    SELECT recording, unnest([from_first, from_last, to_first, to_last]) AS day FROM relevant
    UNION ALL
    SELECT r.recording, unnest([s.valid_from, s.valid_to])
    FROM (SELECT DISTINCT recording, territories FROM relevant WHERE territories <> 'WORLD') AS r
    JOIN territory_sets AS s ON s.territories = r.territories
  ) AS each WHERE day IS NOT NULL
),
stretches AS (
  SELECT recording, day AS "from", lead(day) OVER (PARTITION BY recording ORDER BY day) AS "to", day FROM dates
  UNION ALL
  SELECT a.recording, NULL, min(d.day), coalesce(CAST(min(d.day) - INTERVAL 1 DAY AS DATE), DATE '2000-01-01')
  FROM asked_recordings AS a LEFT JOIN dates AS d USING (recording) GROUP BY a.recording
)
SELECT s.recording, c.cell, s.day, s."from", s."to"
FROM stretches AS s
JOIN profiles AS p ON p.recording = s.recording
JOIN profile_cells AS c ON c.profile = p.profile
