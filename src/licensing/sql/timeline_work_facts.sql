-- One row per (day, right, work, fact): the shares, licences and links that bear on the degree of one work of the recording
-- on that day. Links bear on all rights that are asked about, but for masters, which have no works.
SELECT CAST(s.day AS VARCHAR) AS day, s."right", t.work, s.row_id
FROM visible_shares AS s JOIN targets AS t USING (target)
UNION
SELECT CAST(c.day AS VARCHAR), c."right", t.work, c.row_id FROM coverage AS c JOIN targets AS t USING (target)
UNION
SELECT CAST(p.day AS VARCHAR), r."right", w.work, w.row_id
FROM reading_points AS p JOIN reading_works AS w ON w.reading = p.reading CROSS JOIN asked_rights AS r WHERE r."right" <> 'master'
ORDER BY ALL
