-- One row per reading of reading_works.sql: `embodied`, what it says the recording embodies, as a number that is the same for
-- readings that say the same.
SELECT reading, recording, "from", "to", variant, feed, recording_id, parts, dense_rank() OVER (ORDER BY content) AS embodied
FROM (
  SELECT reading, recording, "from", "to", variant, feed, recording_id, parts,
    string_agg(work || ' ' || fraction, ';' ORDER BY work, fraction) AS content
  FROM reading_works GROUP BY reading, recording, "from", "to", variant, feed, recording_id, parts
) AS each
