-- One row per subject among the chosen findings: how it is called. As the first feed by name writes it, newest statement first, with
-- the first code that is stated.
WITH wanted AS (SELECT DISTINCT subject_kind, subject FROM chosen),
works AS (
  SELECT w.work AS subject, s.feed, s.work_id AS id, s.title, s.iswc AS code, NULL AS artist, s.known_from
  FROM said_works AS s JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  WHERE w.work IN (SELECT subject FROM wanted WHERE subject_kind = 'work')
  UNION ALL
  SELECT n."key", s.feed, s.work_id, s.title, s.iswc, NULL, s.known_from
  FROM said_works AS s JOIN work_names AS n ON n.feed = s.feed AND n.work_id = s.work_id
  WHERE n."key" IN (SELECT subject FROM wanted WHERE subject_kind = 'work')
    AND n."key" NOT IN (SELECT work FROM work_identities)
),
recordings AS (
  SELECT i.recording AS subject, s.feed, s.recording_id AS id, s.title, s.isrc AS code, s.artist, s.known_from
  FROM said_recordings AS s JOIN recording_identities AS i ON i.feed = s.feed AND i.id = s.recording_id
  WHERE i.recording IN (SELECT subject FROM wanted WHERE subject_kind = 'recording')
),
parties AS (
  SELECT i.party AS subject, s.feed, s.party_id AS id, s.name AS title, s.ipi_name_number AS code, NULL AS artist, s.known_from
  FROM said_parties AS s JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE i.party IN (SELECT subject FROM wanted WHERE subject_kind = 'party' UNION SELECT unnest(parties) FROM chosen)
  UNION ALL
  SELECT n."key", s.feed, s.party_id, s.name, s.ipi_name_number, NULL, s.known_from
  FROM said_parties AS s JOIN party_names AS n ON n.feed = s.feed AND n.party_id = s.party_id
  WHERE n."key" IN (SELECT unnest(parties) FROM chosen) AND n."key" NOT IN (SELECT party FROM party_identities)
),
named AS (
  SELECT 'work' AS kind, * FROM works UNION ALL SELECT 'recording', * FROM recordings UNION ALL SELECT 'party', * FROM parties
)
SELECT n.kind, n.subject, first(f.feed ORDER BY f.feed, n.known_from DESC, n.id) AS feed, first(n.id ORDER BY f.feed, n.known_from DESC, n.id) AS id,
  first(n.title ORDER BY f.feed, n.known_from DESC, n.id) AS title,
  first(split_part(n.code, '|', 1) ORDER BY n.code IS NULL, f.feed, n.known_from DESC, n.id) AS code,
  first(n.artist ORDER BY n.artist IS NULL, f.feed, n.known_from DESC, n.id) AS artist
FROM named AS n JOIN feeds AS f ON f.feed_no = n.feed
GROUP BY n.kind, n.subject
