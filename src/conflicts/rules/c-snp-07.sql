-- rule: C-SNP-07
-- name: Keys re-issued
-- severity: 2
-- kind: rows
-- reads: works
-- magnitude: total: percent of the feed's rows that came back under another id; over: the same
-- next: Map the old ids to the new ones; otherwise the deletions are false.
-- One row per delivery and relation in which at least a fifth of the rows that stood came back under another id with the same codes and
-- the same title or name.
WITH gone AS (
  SELECT 'works' AS relation, feed, closed_by, known_to, work_id AS id, concat_ws('/', iswc, title) AS said FROM past_works WHERE iswc IS NOT NULL
  UNION ALL
  SELECT 'recordings', feed, closed_by, known_to, recording_id, concat_ws('/', isrc, title) FROM past_recordings WHERE isrc IS NOT NULL
  UNION ALL
  SELECT 'parties', feed, closed_by, known_to, party_id, concat_ws('/', ipi_name_number, name) FROM past_parties WHERE ipi_name_number IS NOT NULL
),
came AS (
  SELECT 'works' AS relation, feed, known_from, work_id AS id, concat_ws('/', iswc, title) AS said FROM said_works WHERE iswc IS NOT NULL
  UNION ALL
  SELECT 'recordings', feed, known_from, recording_id, concat_ws('/', isrc, title) FROM said_recordings WHERE isrc IS NOT NULL
  UNION ALL
  SELECT 'parties', feed, known_from, party_id, concat_ws('/', ipi_name_number, name) FROM said_parties WHERE ipi_name_number IS NOT NULL
),
moved AS (
  SELECT g.relation, g.closed_by AS snapshot_no, count(DISTINCT g.id) AS moved
  FROM gone AS g JOIN came AS c ON c.relation = g.relation AND c.feed = g.feed AND c.known_from = g.known_to AND c.said = g.said AND c.id <> g.id
  GROUP BY g.relation, g.closed_by
)
SELECT 'delivery' AS subject_kind, s.snapshot AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  CAST((m.moved * 100000000) // c.standing AS BIGINT) AS total, CAST((m.moved * 100000000) // c.standing AS BIGINT) AS over, NULL::BIGINT AS streams,
  []::VARCHAR[] AS parties, [concat('snapshots:', s.snapshot_no)] AS refs, m.relation AS detail
FROM moved AS m JOIN snapshots AS s USING (snapshot_no)
JOIN (
  SELECT snapshot_no, relation, coalesce(updated, 0) + coalesce(deleted, 0) + coalesce(unchanged, 0) AS standing FROM snapshot_relations
) AS c ON c.snapshot_no = m.snapshot_no AND c.relation = m.relation
WHERE c.standing > 0 AND m.moved * 5 >= c.standing
