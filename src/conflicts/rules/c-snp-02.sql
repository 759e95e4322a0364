-- rule: C-SNP-02
-- name: Claim replaced by another party's on the same day
-- severity: 2
-- kind: rows
-- reads: shares past_shares
-- magnitude: total and over: the share that changed hands
-- next: Was it a transfer or a correction?
-- One row per (work, feed, right, party) whose vanished claim another party took over in the same delivery: as much of the same share.
SELECT 'work' AS subject_kind, work AS subject, "right", bit_or(atoms) AS atoms, min("from") AS "from",
  CASE WHEN bool_or("to" IS NULL) THEN NULL ELSE max("to") END AS "to", CAST(max(share) AS BIGINT) AS total, CAST(max(share) AS BIGINT) AS over,
  NULL::BIGINT AS streams, list_sort(list_distinct(list_concat(list(party), list(taken_over_by)))) AS parties,
  list_sort(list_distinct(list_concat(list(concat('shares:', row_id)), list(concat('shares:', taken_over_row))))) AS refs,
  NULL::VARCHAR AS detail
FROM vanished WHERE taken_over_by IS NOT NULL
GROUP BY feed, work, "right", party
