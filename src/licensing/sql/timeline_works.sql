-- One row per (day, right, work) that the recording embodies on that day by any reading: the degree of the work by itself,
-- in millionths of a percent, whatever its weight. `work_id` is one of the ids that stand for it. Masters have no works.
SELECT CAST(p.day AS VARCHAR) AS day, d."right", w.work, min(w.work_id) AS work_id, d.licensed, d.exempt, d.unlicensed,
  d.unknown, d.disputed, d.cleared, d.at_most, d.reason
FROM reading_points AS p
JOIN reading_works AS w ON w.reading = p.reading
JOIN targets AS t ON t.recording = w.recording AND t.work = w.work
JOIN degrees AS d ON d.target = t.target AND d.cell = p.cell AND d.day = p.day
GROUP BY p.day, d."right", w.work, d.licensed, d.exempt, d.unlicensed, d.unknown, d.disputed, d.cleared, d.at_most,
  d.reason
ORDER BY ALL
