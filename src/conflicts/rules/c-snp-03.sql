-- rule: C-SNP-03
-- name: Flip-flop
-- severity: 3
-- kind: rows
-- reads: shares past_shares
-- magnitude: total: the value to which it returned; over: the difference from the one in between
-- next: Suspect a fault of the feed.
-- One row per (work, feed, right, party) of which a share returned to an earlier value within three deliveries.
SELECT 'work' AS subject_kind, w.work AS subject, h."right", x.atoms, h.valid_from AS "from", h.valid_to AS "to",
  CAST(h.share * 1000000 AS BIGINT) AS total, CAST(abs(h.share - h.before) * 1000000 AS BIGINT) AS over, NULL::BIGINT AS streams,
  CASE WHEN i.party IS NULL THEN []::VARCHAR[] ELSE [i.party] END AS parties, [concat('shares:', h.row_before), concat('shares:', h.row_id)] AS refs,
  NULL::VARCHAR AS detail
FROM (
  SELECT *, lag(share) OVER key AS before, lag(share, 2) OVER key AS before_that, lag(known_to) OVER key AS ended,
    lag(known_from) OVER key AS began, lag(known_to, 2) OVER key AS ended_before, lag(row_id) OVER key AS row_before
  FROM said_shares
  WHERE known_from IS DISTINCT FROM known_to AND work_id IN (SELECT work_id FROM past_shares)
  WINDOW key AS (PARTITION BY feed, work_id, party_id, "role", chain, share_kind, "right", territories, valid_from ORDER BY known_from)
) AS h
JOIN knowledge AS k ON h.known_from < k.before AND (h.known_to IS NULL OR h.known_to >= k.before)
JOIN work_identities AS w ON w.feed = h.feed AND w.id = h.work_id
JOIN text_atoms AS x ON x.territories = coalesce(h.territories, 'WORLD')
LEFT JOIN party_identities AS i ON i.feed = h.feed AND i.id = h.party_id
WHERE h.share = h.before_that AND h.share <> h.before AND h.ended = h.known_from AND h.ended_before = h.began
  AND (SELECT count(DISTINCT s.received) FROM snapshots AS s WHERE s.feed_no = h.feed AND s.received > h.began AND s.received <= h.known_from) <= 3
