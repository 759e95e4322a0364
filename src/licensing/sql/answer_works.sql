-- One row per (right, reading, work of the reading) of the answer for one recording, cell and day, in a fixed order.
-- The works that hold under either reading of partial link dates.
SELECT DISTINCT d."right", w.feed, w.recording_id, w.work, w.work_id, w.row_id, w.basis, w.is_weight_missing,
  w.fraction, t.target, d.licensed, d.exempt, d.unlicensed, d.unknown,
  d.disputed, d.cleared, d.at_most, d.reason
FROM reading_points AS p
JOIN reading_works AS w ON w.reading = p.reading
JOIN targets AS t ON t.recording = w.recording AND t.work = w.work
JOIN degrees AS d ON d.target = t.target AND d.cell = p.cell AND d.day = p.day
ORDER BY ALL
