-- rule: C-SNP-07
-- name: Keys re-issued
-- severity: 2
-- kind: rows
-- reads: past
-- magnitude: total: percent of the feed's rows that came back under another id; over: the same; none where it is less than a fifth
-- next: Map the old ids to the new ones; otherwise the deletions are false.
-- One row per delivery and relation in which at least a fifth of the rows that stood came back under another id with the same codes and
-- the same title or name, or, of licences, with everything else as it was. Where they are less than a fifth: one row per such row, as long
-- as the new id stands.
WITH gone AS (
  SELECT 'works' AS relation, feed, closed_by, known_to, work_id AS id, row_id, concat_ws('/', iswc, title) AS said FROM past_works WHERE iswc IS NOT NULL
  UNION ALL
  SELECT 'recordings', feed, closed_by, known_to, recording_id, row_id, concat_ws('/', isrc, title) FROM past_recordings WHERE isrc IS NOT NULL
  UNION ALL
  SELECT 'parties', feed, closed_by, known_to, party_id, row_id, concat_ws('/', ipi_name_number, name) FROM past_parties WHERE ipi_name_number IS NOT NULL
  UNION ALL
  SELECT 'licences', feed, closed_by, known_to, licence_id, row_id, to_json([licensor_party_id, "right", coverage, territories,
    valid_from::VARCHAR, valid_from_last::VARCHAR, valid_to::VARCHAR, valid_to_last::VARCHAR, repertoire, uses])::VARCHAR FROM past_licences
),
days AS (SELECT DISTINCT known_to AS day FROM gone),
came AS (
  SELECT 'works' AS relation, feed, known_from, known_to, work_id AS id, row_id, concat_ws('/', iswc, title) AS said FROM said_works
  WHERE iswc IS NOT NULL AND known_from IN (SELECT day FROM days)
  UNION ALL
  SELECT 'recordings', feed, known_from, known_to, recording_id, row_id, concat_ws('/', isrc, title) FROM said_recordings
  WHERE isrc IS NOT NULL AND known_from IN (SELECT day FROM days)
  UNION ALL
  SELECT 'parties', feed, known_from, known_to, party_id, row_id, concat_ws('/', ipi_name_number, name) FROM said_parties
  WHERE ipi_name_number IS NOT NULL AND known_from IN (SELECT day FROM days)
  UNION ALL
  SELECT 'licences', feed, known_from, known_to, licence_id, row_id, to_json([licensor_party_id, "right", coverage, territories,
    valid_from::VARCHAR, valid_from_last::VARCHAR, valid_to::VARCHAR, valid_to_last::VARCHAR, repertoire, uses])::VARCHAR FROM said_licences
  WHERE known_from IN (SELECT day FROM days)
),
-- An id that was there before, or still is, is no new one, and no old one.
moved AS (
  SELECT g.relation, g.feed, g.closed_by AS snapshot_no, g.id AS old_id, g.row_id AS old_row, c.id AS new_id, c.row_id AS new_row, c.known_to AS until
  FROM gone AS g JOIN came AS c ON c.relation = g.relation AND c.feed = g.feed AND c.known_from = g.known_to AND c.said = g.said AND c.id <> g.id
  WHERE NOT EXISTS (SELECT 1 FROM gone AS o WHERE o.relation = c.relation AND o.feed = c.feed AND o.id = c.id AND o.known_to <= c.known_from)
    AND NOT EXISTS (SELECT 1 FROM came AS o WHERE o.relation = g.relation AND o.feed = g.feed AND o.id = g.id AND o.known_from = g.known_to)
),
counted AS (
  SELECT m.relation, m.snapshot_no, (count(DISTINCT m.old_id) * 100000000) // any_value(c.standing) AS percent
  FROM moved AS m JOIN (
    SELECT snapshot_no, relation, coalesce(updated, 0) + coalesce(deleted, 0) + coalesce(unchanged, 0) AS standing FROM snapshot_relations
  ) AS c ON c.snapshot_no = m.snapshot_no AND c.relation = m.relation
  WHERE c.standing > 0 GROUP BY m.relation, m.snapshot_no
),
single AS (
  SELECT m.* FROM moved AS m JOIN counted AS c USING (relation, snapshot_no)
  JOIN knowledge AS k ON m.until IS NULL OR m.until >= k.before
  WHERE c.percent < 20000000
)
SELECT 'delivery' AS subject_kind, s.snapshot AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  CAST(c.percent AS BIGINT) AS total, CAST(c.percent AS BIGINT) AS over, NULL::BIGINT AS streams,
  []::VARCHAR[] AS parties, [concat('snapshots:', s.snapshot_no)] AS refs, c.relation AS detail
FROM counted AS c JOIN snapshots AS s USING (snapshot_no)
WHERE c.percent >= 20000000
UNION ALL
SELECT CASE m.relation WHEN 'works' THEN 'work' WHEN 'recordings' THEN 'recording' WHEN 'parties' THEN 'party' ELSE 'licence' END,
  coalesce(w.work, r.recording, p.party, concat('local ', m.feed, ' ', m.new_id)), NULL, NULL, NULL, NULL, NULL, NULL, NULL, []::VARCHAR[],
  list_sort(list_distinct(list_concat(list(concat(m.relation, ':', m.old_row)), list(concat(m.relation, ':', m.new_row))))),
  concat('was ', array_to_string(list_sort(list(DISTINCT m.old_id)), ', '))
FROM single AS m
LEFT JOIN work_identities AS w ON m.relation = 'works' AND w.feed = m.feed AND w.id = m.new_id
LEFT JOIN recording_identities AS r ON m.relation = 'recordings' AND r.feed = m.feed AND r.id = m.new_id
LEFT JOIN party_identities AS p ON m.relation = 'parties' AND p.feed = m.feed AND p.id = m.new_id
GROUP BY m.relation, m.feed, m.new_id, w.work, r.recording, p.party
