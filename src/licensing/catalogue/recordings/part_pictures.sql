-- One row per (recording, right) of this part: `picture`, the first recording whose facts are the same, dates and all (told by a
-- number of 128 bits for them). Recordings of one picture have one shape, and the same dates: it is found once for all of
-- them. Most have no fact for their master.
WITH told AS MATERIALIZED (
  SELECT p.recording, r."right", hash(f.works) AS high, hash(1, f.works) AS low
  FROM part_recordings AS p CROSS JOIN asked_rights AS r
  LEFT JOIN (
    SELECT recording, "right", list_sort(list(hash(target IS NULL, facts))) AS works FROM (
      SELECT recording, "right", target,
        list_sort(list(hash(content, from_first, from_last, to_first, to_last, territories, picture))) AS facts
      FROM recording_facts GROUP BY recording, "right", target
    ) AS each
    GROUP BY recording, "right"
  ) AS f ON f.recording = p.recording AND f."right" = r."right"
)
SELECT t.recording, t."right", f.picture
FROM told AS t
JOIN (SELECT "right", high, low, min(recording) AS picture FROM told GROUP BY "right", high, low) AS f USING ("right", high, low)
