-- One row per (provider, other provider): in how many works or recordings rows of both stand against each other; the row without another
-- provider counts those in which any other takes part, of all that the provider states.
WITH pairs AS (
  SELECT DISTINCT a.provider, b.provider AS other, concat(f.subject_kind, ' ', f.subject) AS subject
  FROM found_feeds AS a
  JOIN found_feeds AS b ON b.finding = a.finding AND b.provider <> a.provider
  JOIN found AS f ON f.finding = a.finding
  WHERE f.subject_kind IN ('work', 'recording')
),
stated AS (
  SELECT provider, count(*) AS things FROM (
    SELECT DISTINCT f.provider, concat('work ', w.work) AS thing FROM now_works AS n
    JOIN work_identities AS w ON w.feed = n.feed AND w.id = n.work_id JOIN feeds AS f ON f.feed_no = n.feed
    UNION
    SELECT DISTINCT f.provider, concat('recording ', r.recording) FROM now_recordings AS n
    JOIN recording_identities AS r ON r.feed = n.feed AND r.id = n.recording_id JOIN feeds AS f ON f.feed_no = n.feed
  ) AS each GROUP BY provider
)
SELECT s.provider, NULL AS other, s.things, count(DISTINCT p.subject) AS contradicted
FROM stated AS s LEFT JOIN pairs AS p ON p.provider = s.provider GROUP BY s.provider, s.things
UNION ALL
SELECT p.provider, p.other, NULL, count(DISTINCT p.subject) FROM pairs AS p GROUP BY p.provider, p.other
ORDER BY provider, other NULLS FIRST
