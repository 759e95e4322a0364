-- rule: C-SNP-08
-- name: Conflict suppressed at the source
-- severity: 3
-- kind: rows
-- about: deliveries
-- reads: any
-- magnitude: none
-- next: Note in the exhibit: that this provider shows no overclaim is no agreement.
-- One row per feed whose provider refuses late rivals or pro-rates what conflicts.
SELECT 'feed' AS subject_kind, f.feed AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties,
  [concat('snapshots:', min(s.snapshot_no))] AS refs, f.policy AS detail
FROM feeds AS f JOIN snapshots AS s USING (feed_no) JOIN knowledge AS k ON s.received < k.before
WHERE f.policy IS NOT NULL
GROUP BY f.feed, f.policy
