-- One row per (day, right, fact): shares, licences and links that bear on the answer on that day; `right` is NULL for
-- links, which bear on all rights in works. `reading` tells under which reading of partial dates, so that a fact which
-- becomes certain counts as a change.
SELECT DISTINCT CAST(day AS VARCHAR) AS day, "right", 'share' AS kind, row_id, variant AS reading FROM visible_shares
UNION ALL
SELECT DISTINCT CAST(day AS VARCHAR), "right", 'licence', row_id, CAST(standing AS VARCHAR) FROM coverage
UNION ALL
SELECT DISTINCT CAST(day AS VARCHAR), "right", 'licence', row_id, CAST(standing AS VARCHAR) FROM recording_grants
UNION ALL
SELECT DISTINCT CAST(p.day AS VARCHAR), NULL, 'link', w.row_id, w.variant
FROM reading_points AS p JOIN reading_works AS w ON w.reading = p.reading
ORDER BY ALL
