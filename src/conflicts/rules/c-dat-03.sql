-- rule: C-DAT-03
-- name: End before start, impossible date, or far in the future
-- severity: 3
-- kind: rows
-- reads: any
-- magnitude: none
-- next: Ask the provider; the row holds on no day that can be meant.
-- One row per statement that ends on or before the day on which it starts, or starts more than two years after it was received,
-- and per row that was refused for a date that cannot be.
SELECT d.subject_kind, d.subject, d."right", d.atoms, d."from", d."to", NULL::BIGINT AS total, NULL::BIGINT AS over,
  NULL::BIGINT AS streams, d.parties, [d.ref] AS refs,
  CASE WHEN d."to" <= d."from" THEN 'ends before it starts' ELSE 'starts more than two years after it was received' END AS detail
FROM dated_rows AS d
WHERE d."to" <= d."from" OR d."from" > CAST(d.known_from AS DATE) + INTERVAL 2 YEAR
UNION ALL
SELECT 'line', concat('local ', n.feed, ' ', f.name, ':', r.line), NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  []::VARCHAR[], [concat('rejects:', r.snapshot_no, ':', r.file_no, ':', r.line)], concat('refused: ', r.column_name, ' "', r.value, '"')
FROM rejects AS r JOIN standing_snapshots AS n USING (snapshot_no) JOIN files AS f USING (snapshot_no, file_no)
WHERE r.column_name IN ('valid_from', 'valid_to', 'signed_at', 'period', 'release_date') AND r.value IS NOT NULL AND trim(r.value) <> ''
