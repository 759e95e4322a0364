-- One row per (recording, cell, day): the strict status over all rights that were asked about; each reading of the
-- recording is judged as a whole, and readings that come to different statuses leave it undetermined (domain.md 1.5).
SELECT recording, cell, day, CASE WHEN count(DISTINCT status) > 1 THEN 'undetermined' ELSE min(status) END AS status
FROM (
  SELECT recording, cell, day, variant, feed, recording_id, CASE
    WHEN bool_and(is_cleared) THEN 'fully-licensed' WHEN bool_and(is_unlicensed) THEN 'not-licensed'
    WHEN NOT bool_or(has_unlicensed) THEN 'undetermined' ELSE 'partly-licensed' END AS status
  FROM outcomes GROUP BY recording, cell, day, variant, feed, recording_id
) AS each
GROUP BY recording, cell, day
