-- One row per (recording, cell, stretch of time): half-open days between neighbouring dates of the recording's facts, with
-- the day at which the stretch is worked out. NULL is open.
WITH stretches AS (
  SELECT recording, unnest(dates) AS "from", unnest(list_append(dates[2:], NULL)) AS "to", unnest(dates) AS day FROM asked_shapes
  UNION ALL
  SELECT recording, NULL, dates[1], coalesce(CAST(dates[1] - INTERVAL 1 DAY AS DATE), DATE '2000-01-01') FROM asked_shapes
)
SELECT s.recording, c.cell, s.day, s."from", s."to"
FROM stretches AS s
JOIN profiles AS p ON p.recording = s.recording
JOIN profile_cells AS c ON c.profile = p.profile
