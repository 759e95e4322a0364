-- Which recording embodies which work, by the links that stand, as documents: said once however many feeds say it.
-- One row per recording document and work document; key: both; no order.
CREATE OR REPLACE TEMP TABLE linked AS
SELECT DISTINCT coalesce(r."key", ri."key") AS recording, coalesce(w."key", wi."key") AS work
FROM (SELECT DISTINCT subject, feed, recording_id, work_id FROM said_links WHERE stands) l
LEFT JOIN recording_keys r ON r.subject = l.subject
LEFT JOIN (SELECT DISTINCT "key" FROM recording_keys) ri
  ON r.subject IS NULL AND ri."key" = upper(replace(l.recording_id, '-', ''))
LEFT JOIN work_keys w ON w.feed = l.feed AND w.id = l.work_id
LEFT JOIN (SELECT DISTINCT "key" FROM work_keys) wi
  ON w.subject IS NULL AND wi."key" = upper(regexp_replace(l.work_id, '[ .-]', '', 'g'))
WHERE coalesce(r."key", ri."key") IS NOT NULL AND coalesce(w."key", wi."key") IS NOT NULL
