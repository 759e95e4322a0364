-- The snapshots of the feed that the snapshot $snapshotNo belongs to: one row per snapshot, no order. `scopes` lists its
-- relations with the scope of each; `held` is true in quarantine.
SELECT s.snapshot_no, s.snapshot, s.feed_no, f.feed, f.by_unit, epoch_us(published) AS published,
  epoch_us(received) AS received, sequence, content_sha256, epoch_us(spoken_first) AS spoken_first,
  epoch_us(spoken_last) AS spoken_last, coalesce(v.held, false) AS held,
  (SELECT string_agg(relation || '=' || r.scope, ',' ORDER BY relation)
   FROM snapshot_relations r WHERE r.snapshot_no = s.snapshot_no) AS scopes
FROM snapshots s
JOIN feeds f ON f.feed_no = s.feed_no
LEFT JOIN verdicts v ON v.snapshot_no = s.snapshot_no
WHERE s.feed_no = (SELECT feed_no FROM snapshots WHERE snapshot_no = $snapshotNo)
