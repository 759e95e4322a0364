-- rule: C-LIC-05
-- name: Notice late, misaddressed or of another version
-- severity: 1
-- kind: rows
-- reads: licences
-- magnitude: total and over: days from the end of the first period with streams to the service of the notice; none where it is misaddressed
-- next: Draw up the table of notices: served when, on whom, for which title.
-- One row per notice (licence by work that lists works) and work: served after a period with streams in its territory had ended; or
-- served on somebody who claims nothing in the work while others do. Titles are not compared: the tables have none for notices.
WITH notices AS (
  SELECT s.*, coalesce(s.signed_at, s.from_first) AS served, p.item AS work
  FROM suspects AS s JOIN repertoire AS p ON p.row_id = s.row_id
  WHERE s.coverage = 'by-work' AND s."right" <> 'master' AND p.item IN (SELECT work FROM work_identities)
),
late AS (
  SELECT n.row_id, n.work, min(u.first_day) AS first_day, min(u.last_day) AS last_day, CAST(sum(u.streams) AS BIGINT) AS streams
  FROM notices AS n
  JOIN recording_works AS r ON r.work = n.work
  JOIN uses AS u ON u.recording = r.recording AND get_bit(n.atoms, u.atom) = 1 AND u.last_day < n.served
  GROUP BY n.row_id, n.work
)
SELECT 'licence' AS subject_kind, concat('local ', n.feed, ' ', n.licence_id) AS subject, n."right", n.atoms, l.first_day AS "from",
  n.served AS "to", CAST(date_diff('day', l.last_day, n.served) * 1000000 AS BIGINT) AS total,
  CAST(date_diff('day', l.last_day, n.served) * 1000000 AS BIGINT) AS over, l.streams,
  CASE WHEN n.licensor IS NULL THEN []::VARCHAR[] ELSE [n.licensor] END AS parties, [concat('licences:', n.row_id)] AS refs,
  concat('served after the first streams; ', n.work) AS detail
FROM notices AS n JOIN late AS l USING (row_id, work)
UNION ALL
SELECT 'licence', concat('local ', n.feed, ' ', n.licence_id), n."right", n.atoms, n.from_first, n.to_first, NULL, NULL, NULL,
  [n.licensor], [concat('licences:', n.row_id)], concat('served on nobody who claims in the work; ', n.work)
FROM notices AS n
WHERE n.licensor IS NOT NULL
  AND EXISTS (SELECT 1 FROM work_claimants AS c WHERE c.work = n.work AND c."right" = n."right")
  AND NOT EXISTS (
    SELECT 1 FROM work_claimants AS c JOIN mandates AS m ON m.claimant = c.claimant AND m."right" = c."right"
    WHERE c.work = n.work AND c."right" = n."right" AND m.licensor = n.licensor)
