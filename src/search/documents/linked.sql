-- Which recording embodies which work, by the links that stand, as documents: said once however many feeds say it.
-- One row per recording document and work document; key: both; no order.
-- (The CASE keeps it one equality: with a condition beside it the database compares every pair.)
CREATE OR REPLACE TEMP TABLE linked AS
SELECT DISTINCT coalesce(r."key", ri."key") AS recording, coalesce(w."key", wi."key") AS work
FROM (SELECT DISTINCT subject, feed, recording_id, work_id FROM said_links WHERE stands) l
LEFT JOIN recording_keys r ON r.subject = l.subject
LEFT JOIN recording_codes ri
  ON ri.code = CASE WHEN r.subject IS NULL THEN upper(replace(l.recording_id, '-', '')) END
LEFT JOIN work_keys w ON w.feed = l.feed AND w.id = l.work_id
LEFT JOIN work_codes wi
  ON wi.code = CASE WHEN w.subject IS NULL THEN upper(regexp_replace(l.work_id, '[ .-]', '', 'g')) END
WHERE coalesce(r."key", ri."key") IS NOT NULL AND coalesce(w."key", wi."key") IS NOT NULL
