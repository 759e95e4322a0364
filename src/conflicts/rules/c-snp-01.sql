-- rule: C-SNP-01
-- name: Claim vanished
-- severity: 2
-- kind: rows
-- reads: shares past_shares
-- magnitude: total and over: the share that vanished
-- next: Write "withdrawn between" the two deliveries; it is not evidence that the claim was never made.
-- One row per (work, feed, right, party) of which a full delivery no longer has a claim that stood before, while the party no
-- longer claims some cell that the row covered, and nobody took the share over on the same day (C-SNP-02).
SELECT 'work' AS subject_kind, work AS subject, "right", bit_or(atoms) AS atoms, min("from") AS "from",
  CASE WHEN bool_or("to" IS NULL) THEN NULL ELSE max("to") END AS "to", CAST(max(share) AS BIGINT) AS total, CAST(max(share) AS BIGINT) AS over,
  NULL::BIGINT AS streams, list_sort(list(DISTINCT party)) AS parties, list_sort(list(DISTINCT concat('shares:', row_id))) AS refs,
  NULL::VARCHAR AS detail
FROM vanished WHERE taken_over_by IS NULL
GROUP BY feed, work, "right", party
