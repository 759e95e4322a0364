-- How often recordings were streamed, by the usage that stands: the popularity of everything that hangs on them.
-- One row per recording document with usage; key: "key"; no order. Usage may name an ISRC in the place of a feed's id.
-- (The CASE keeps it one equality: with a condition beside it the database compares every pair.)
CREATE OR REPLACE TEMP TABLE recording_streams AS
SELECT "key", sum(streams)::DOUBLE AS streams
FROM (
  SELECT coalesce(k."key", i."key") AS "key", u.streams
  FROM (
    SELECT subject, recording_id, sum(streams) AS streams FROM said_usage WHERE stands GROUP BY subject, recording_id
  ) u
  LEFT JOIN recording_keys k ON k.subject = u.subject
  LEFT JOIN recording_codes i
    ON i.code = CASE WHEN k.subject IS NULL THEN upper(replace(u.recording_id, '-', '')) END
)
WHERE "key" IS NOT NULL
GROUP BY "key"
