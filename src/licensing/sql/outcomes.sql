-- One row per (recording, cell, day, right, variant, reading): what each reading of the recording comes to. A recording
-- without a link has one reading without works (reading NULL): unmatched, or unknown altogether; a whole-right licence
-- clears it all the same. The master has no shares and one outcome for every reading (domain.md 1.5 overrides a, c, d, e).
WITH variants AS (
  SELECT p.recording, p.cell, p.day, v.variant FROM points AS p
  JOIN (
    SELECT recording, 'first' AS variant FROM asked_recordings
    UNION
    SELECT l.recording, l.variant FROM linked_works AS l JOIN asked_recordings AS a ON a.recording = l.recording
  ) AS v ON v.recording = p.recording
),
readings AS (
  SELECT v.recording, v.cell, v.day, v.variant, w.feed, w.recording_id
  FROM variants AS v
  LEFT JOIN reading_points AS w USING (recording, cell, day, variant)
),
reach AS (
  SELECT p.recording, p.cell, p.day, r."right",
    p.recording IN (SELECT i.recording FROM recording_identities AS i JOIN asked_recordings AS a ON a.recording = i.recording)
      AS is_known,
    r."right" IN (SELECT "right" FROM licence_rights) AS has_licence_data,
    min(g.standing) AS standing, min(CASE WHEN g.coverage = 'whole-right' THEN g.standing END) AS blanket_standing,
    coalesce(bool_or(g.is_partial), false) AS is_partial
  FROM points AS p CROSS JOIN asked_rights AS r
  LEFT JOIN recording_grants AS g ON g.recording = p.recording AND g.cell = p.cell AND g.day = p.day AND g."right" = r."right"
  GROUP BY p.recording, p.cell, p.day, r."right"
),
-- The outcome in one word, for what has no shares.
words AS (
  SELECT r.*, h."right", h.is_partial,
    CASE
      WHEN h."right" = 'master' AND h.standing IS NOT NULL THEN
        CASE h.standing WHEN 2 THEN 'licensed' WHEN 3 THEN 'disputed' ELSE 'unknown' END
      WHEN h."right" <> 'master' AND h.blanket_standing = 2 THEN 'licensed'
      WHEN NOT h.is_known THEN 'no-data'
      WHEN h."right" <> 'master' THEN 'unmatched'
      WHEN h.has_licence_data THEN 'unlicensed'
      ELSE 'no-licence-data' END AS word
  FROM readings AS r JOIN reach AS h USING (recording, cell, day)
  WHERE h."right" = 'master' OR r.recording_id IS NULL
)
SELECT recording, cell, day, "right", variant, feed, recording_id, licensed, exempt, unlicensed, unknown, disputed, cleared,
  at_most, is_cleared, is_unlicensed, has_unlicensed, reason, embodied
FROM reading_degrees
UNION ALL
SELECT recording, cell, day, "right", variant, feed, recording_id,
  CASE word WHEN 'licensed' THEN 100000000 ELSE 0 END, 0, CASE word WHEN 'unlicensed' THEN 100000000 ELSE 0 END,
  CASE WHEN word IN ('licensed', 'unlicensed', 'disputed') THEN 0 ELSE 100000000 END,
  CASE word WHEN 'disputed' THEN 100000000 ELSE 0 END, CASE word WHEN 'licensed' THEN 100000000 ELSE 0 END,
  CASE word WHEN 'unlicensed' THEN 0 ELSE 100000000 END,
  word = 'licensed', word = 'unlicensed', word = 'unlicensed',
  CASE WHEN word IN ('no-data', 'unmatched', 'no-licence-data') THEN word
    WHEN word = 'unknown' AND is_partial THEN 'partial-date' END, NULL
FROM words
