-- One row per (recording, work) that is asked about with the number of the target under which its degree is worked out.
-- Recordings of a work share one target unless a licence lists the recording itself. `variants`: 2 where a share of the
-- work has a partial date, which is then read twice (domain.md 1.5 rule 6), else 1.
WITH linked AS (
  SELECT DISTINCT l.recording, l.work, CASE WHEN listed.item IS NULL THEN NULL ELSE l.recording END AS listed_recording
  FROM linked_works AS l
  JOIN asked_recordings AS a ON a.recording = l.recording
  LEFT JOIN (
    SELECT DISTINCT n.item FROM repertoire AS n JOIN known_licences AS c ON c.row_id = n.row_id AND c."right" <> 'master'
  ) AS listed ON listed.item = l.recording
),
partial AS (
  SELECT DISTINCT w.work FROM known_shares AS s
  JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  WHERE s.from_first <> s.from_last OR s.to_first IS DISTINCT FROM s.to_last
)
SELECT l.recording, l.work, l.listed_recording, CASE WHEN p.work IS NULL THEN 1 ELSE 2 END AS variants,
  dense_rank() OVER (ORDER BY l.work, l.listed_recording) AS target
FROM linked AS l LEFT JOIN partial AS p ON p.work = l.work
