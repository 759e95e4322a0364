-- One row per recording whose degree may rest on what is marked, as known at what was last seen. `marked`: things by feed and
-- id, `kind` recording, work or party; `marked_rows`: licences and take-downs by row. A party reaches the recordings of the
-- works that it, or whoever it stands for, claims.
WITH parties AS (
  SELECT DISTINCT i.party FROM marked AS m JOIN party_identities AS i ON m.kind = 'party' AND i.feed = m.feed AND i.id = m.id
),
reached AS (
  SELECT party FROM parties UNION SELECT m.claimant FROM parties AS p JOIN mandates AS m ON m.licensor = p.party
),
claimed AS (
  SELECT DISTINCT s.feed, s.work_id AS id FROM reached AS r
  JOIN party_identities AS i ON i.party = r.party
  JOIN known_shares AS s ON s.feed = i.feed AND s.party_id = i.id
),
works AS (
  SELECT w.work FROM (SELECT feed, id FROM marked WHERE kind = 'work' UNION SELECT feed, id FROM claimed) AS m
  JOIN work_identities AS w ON w.feed = m.feed AND w.id = m.id
  UNION
  SELECT n.item FROM marked_rows AS r JOIN repertoire AS n USING (row_id)
)
SELECT i.recording FROM marked AS m JOIN recording_identities AS i ON m.kind = 'recording' AND i.feed = m.feed AND i.id = m.id
UNION
SELECT l.recording FROM works AS w JOIN linked_works AS l ON l.work = w.work
UNION
SELECT n.item FROM marked_rows AS r JOIN repertoire AS n USING (row_id) JOIN recording_identities AS i ON i.recording = n.item
UNION
SELECT i.recording FROM recording_identities AS i WHERE EXISTS (
  SELECT 1 FROM marked_rows AS r JOIN known_licences AS l USING (row_id)
  WHERE l.repertoire_kind <> 'list'
    AND (l.coverage = 'whole-right' OR l."right" = 'master' OR (l.coverage = 'by-work' AND l.licensor_id IS NULL)))
