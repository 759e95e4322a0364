-- rule: C-SNP-04
-- name: Late-arriving older snapshot
-- severity: 3
-- kind: rows
-- about: deliveries
-- reads: any
-- magnitude: none
-- next: It was put into the history where it belongs; it overwrites nothing.
-- One row per delivery that was received after a newer publication of its feed.
SELECT 'delivery' AS subject_kind, s.snapshot AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties, [concat('snapshots:', s.snapshot_no)] AS refs,
  NULL::VARCHAR AS detail
FROM snapshots AS s JOIN knowledge AS k ON s.received < k.before
WHERE s.late
