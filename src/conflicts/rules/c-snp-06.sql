-- rule: C-SNP-06
-- name: Partial or truncated file
-- severity: 1
-- kind: rows
-- about: deliveries
-- reads: any
-- magnitude: none
-- next: Infer no deletion from it; ask for the whole file.
-- One row per delivery with a file that is shorter than was announced, or whose digest or end is not what was announced.
SELECT 'delivery' AS subject_kind, s.snapshot AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties, [concat('snapshots:', s.snapshot_no)] AS refs,
  (SELECT string_agg(f.name, ', ' ORDER BY f.name) FROM files AS f WHERE f.snapshot_no = s.snapshot_no AND f.partial) AS detail
FROM snapshots AS s JOIN knowledge AS k ON s.received < k.before
WHERE s.partial
