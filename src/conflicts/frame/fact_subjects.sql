-- One row per subject on whose statements the findings of `history_findings` rest at any date of knowledge: theirs, and those of the works,
-- recordings, parties and licences that bear on them.
WITH touched AS (
  SELECT subject_kind AS kind, subject FROM history_findings
  UNION
  SELECT 'party', unnest(parties) FROM history_findings
  UNION
  SELECT 'work', unnest(string_split(split_part(detail, ': ', 2), '|')) FROM history_findings WHERE rule = 'C-ID-03'
),
rows AS (
  SELECT DISTINCT split_part(ref, ':', 1) AS relation, TRY_CAST(split_part(ref, ':', 2) AS BIGINT) AS number
  FROM (SELECT unnest(refs) AS ref FROM history_findings) AS r
),
referred AS (
  SELECT s.subject FROM rows AS r JOIN said_shares AS s ON r.relation = 'shares' AND s.row_id = r.number
  UNION SELECT s.subject FROM rows AS r JOIN said_works AS s ON r.relation = 'works' AND s.row_id = r.number
  UNION SELECT s.subject FROM rows AS r JOIN said_recordings AS s ON r.relation = 'recordings' AND s.row_id = r.number
  UNION SELECT s.subject FROM rows AS r JOIN said_parties AS s ON r.relation = 'parties' AND s.row_id = r.number
  UNION SELECT s.subject FROM rows AS r JOIN said_links AS s ON r.relation = 'links' AND s.row_id = r.number
  UNION SELECT s.subject FROM rows AS r JOIN said_licences AS s ON r.relation = 'licences' AND s.row_id = r.number
  UNION SELECT s.subject FROM rows AS r JOIN said_usage AS s ON r.relation = 'usage' AND s.row_id = r.number
  UNION SELECT s.subject FROM rows AS r JOIN said_affiliations AS s ON r.relation = 'affiliations' AND s.row_id = r.number
),
licences AS (
  SELECT l.row_id, l.feed, l.subject FROM said_licences AS l
  LEFT JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_party_id
  WHERE l.subject IN (SELECT subject FROM referred) OR i.party IN (SELECT subject FROM touched WHERE kind = 'party')
    OR l.coverage = 'whole-right'
),
items AS (SELECT n.item FROM repertoire AS n JOIN licences AS l ON l.row_id = n.row_id),
works AS (
  SELECT subject AS work FROM touched WHERE kind = 'work'
  UNION SELECT r.work FROM recording_works AS r WHERE r.recording IN (SELECT subject FROM touched WHERE kind = 'recording')
  UNION SELECT r.work FROM recording_works AS r JOIN items AS i ON i.item = r.recording
  UNION SELECT r.work FROM recording_works AS r JOIN recording_identities AS i ON i.recording = r.recording
    JOIN feeds AS f ON f.feed_no = i.feed WHERE hash(f.feed, 'recording', i.id) IN (SELECT subject FROM referred)
  UNION SELECT w.work FROM work_identities AS w JOIN items AS i ON i.item = w.work
  UNION SELECT w.work FROM work_identities AS w JOIN feeds AS f ON f.feed_no = w.feed
    WHERE hash(f.feed, 'work', w.id) IN (SELECT subject FROM referred)
),
own_works AS (
  SELECT w.feed, w.id FROM work_identities AS w WHERE w.work IN (SELECT work FROM works)
),
own_recordings AS (
  SELECT i.feed, i.id FROM recording_identities AS i
  WHERE i.recording IN (SELECT subject FROM touched WHERE kind = 'recording')
    OR i.recording IN (SELECT r.recording FROM recording_works AS r WHERE r.work IN (SELECT work FROM works))
    OR i.recording IN (SELECT item FROM items)
),
claiming AS (
  SELECT DISTINCT i.party FROM said_shares AS s
  JOIN own_works AS w ON w.feed = s.feed AND w.id = s.work_id
  JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  UNION
  SELECT subject FROM touched WHERE kind = 'party'
),
own_parties AS (
  SELECT i.feed, i.id FROM party_identities AS i WHERE i.party IN (SELECT party FROM claiming)
  UNION
  SELECT s.feed, s.party_id FROM said_shares AS s JOIN own_works AS w ON w.feed = s.feed AND w.id = s.work_id WHERE s.party_id IS NOT NULL
),
-- Usage may name its recording by ISRC, in a feed that does not describe it.
isrcs AS (
  SELECT DISTINCT k."key" FROM recording_keys AS k JOIN own_recordings AS o ON o.feed = k.feed AND o.id = k.id
)
SELECT hash(f.feed, 'work', o.id) AS subject FROM own_works AS o JOIN feeds AS f ON f.feed_no = o.feed
UNION SELECT hash(f.feed, 'recording', o.id) FROM own_recordings AS o JOIN feeds AS f ON f.feed_no = o.feed
UNION SELECT hash(f.feed, 'party', o.id) FROM own_parties AS o JOIN feeds AS f ON f.feed_no = o.feed
UNION SELECT subject FROM licences
UNION SELECT subject FROM referred
UNION SELECT u.subject FROM said_usage AS u WHERE concat('isrc ', upper(replace(u.recording_id, '-', ''))) IN (SELECT "key" FROM isrcs)
UNION SELECT g.subject FROM said_agreements AS g JOIN own_parties AS o ON o.feed = g.feed AND o.id = g.assignor_party_id
