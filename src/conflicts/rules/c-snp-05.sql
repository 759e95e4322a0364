-- rule: C-SNP-05
-- name: Mass change
-- severity: 2
-- kind: rows
-- about: deliveries
-- reads: any
-- magnitude: total: percent of the rows that changed; over: what passes 20
-- next: A fault of the feed, or a transfer of a catalogue? Stop the pipeline until it is known.
-- One row per delivery and relation, but for a feed's first, in which more than 20 % of at least 1,000 rows were created, updated or deleted.
SELECT 'delivery' AS subject_kind, s.snapshot AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  CAST((c.changed * 100000000) // c.standing AS BIGINT) AS total, CAST((c.changed * 100000000) // c.standing - 20000000 AS BIGINT) AS over,
  NULL::BIGINT AS streams, []::VARCHAR[] AS parties, [concat('snapshots:', s.snapshot_no)] AS refs, c.relation AS detail
FROM (
  SELECT snapshot_no, relation, coalesce(created, 0) + coalesce(updated, 0) + coalesce(deleted, 0) AS changed,
    coalesce(updated, 0) + coalesce(deleted, 0) + coalesce(unchanged, 0) AS standing
  FROM snapshot_relations
) AS c
JOIN snapshots AS s USING (snapshot_no)
JOIN knowledge AS k ON s.received < k.before
JOIN first_deliveries AS f ON f.feed = s.feed_no AND f.relation = c.relation
WHERE NOT s.late AND s.received > f.received AND c.standing >= 1000 AND c.changed * 5 > c.standing
