-- One row per (recording, right) of this part: `high` and `low`, a number of 128 bits for its facts as they are, dates and all.
-- Recordings with one number have one shape, and the same dates: it is found once for all of them. Most have no fact for
-- their master.
SELECT p.recording, r."right", hash(f.works) AS high, hash(1, f.works) AS low
FROM part_recordings AS p CROSS JOIN asked_rights AS r
LEFT JOIN (
  SELECT recording, "right", list_sort(list(hash(target IS NULL, facts))) AS works FROM (
    SELECT recording, "right", target,
      list_sort(list(hash(content, dates, territories, picture))) AS facts
    FROM recording_facts GROUP BY recording, "right", target
  ) AS each
  GROUP BY recording, "right"
) AS f ON f.recording = p.recording AND f."right" = r."right"
