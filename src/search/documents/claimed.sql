-- Who claims or wrote which work, as documents.
-- One row per work document, party document and whether as a writer; key: all three; no order.
CREATE OR REPLACE TEMP TABLE claimed AS
SELECT DISTINCT w."key" AS work, coalesce(p."key", pi."key") AS party, coalesce(s.role = 'writer', false) AS writes
FROM (SELECT DISTINCT subject, feed, party_id, role FROM said_shares WHERE party_id IS NOT NULL) s
JOIN work_keys w ON w.subject = s.subject
LEFT JOIN party_keys p ON p.feed = s.feed AND p.id = s.party_id
LEFT JOIN party_codes pi
  ON pi.code = CASE WHEN p.subject IS NULL THEN lpad(s.party_id, 11, '0') END
WHERE coalesce(p."key", pi."key") IS NOT NULL
