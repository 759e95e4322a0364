-- One row per (reading, cell, day): the readings that hold at the points which are asked about.
SELECT r.reading, r.recording, p.cell, p.day, r.variant, r.feed, r.recording_id
FROM points AS p JOIN readings AS r ON r.recording = p.recording
WHERE (r."from" IS NULL OR r."from" <= p.day) AND (r."to" IS NULL OR r."to" > p.day)
