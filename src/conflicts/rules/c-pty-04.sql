-- rule: C-PTY-04
-- name: Corporate succession unclear
-- severity: 3
-- kind: rows
-- reads: shares parties
-- magnitude: total and over: the share that moved
-- next: Look for the merger or sale documents.
-- One row per (work, feed, right, chain, day) on which a share passes from a party of one group to one of another, and no
-- agreement tells of it.
SELECT 'work' AS subject_kind, w.work AS subject, a."right", x.atoms & y.atoms AS atoms, b.from_first AS "from", b.to_first AS "to",
  b.share AS total, b.share AS over, NULL::BIGINT AS streams, list_sort([i.party, j.party]) AS parties,
  [concat('shares:', a.row_id), concat('shares:', b.row_id)] AS refs, NULL::VARCHAR AS detail
FROM known_shares AS a
JOIN known_shares AS b ON b.feed = a.feed AND b.work_id = a.work_id AND b."right" = a."right" AND b.kind = a.kind
  AND b.chain = a.chain AND b.from_first = a.to_first AND b.share = a.share
JOIN work_identities AS w ON w.feed = a.feed AND w.id = a.work_id
JOIN party_identities AS i ON i.feed = a.feed AND i.id = a.party_id
JOIN party_identities AS j ON j.feed = b.feed AND j.id = b.party_id
JOIN known_parties AS p ON p.feed = a.feed AND p.party_id = a.party_id
JOIN known_parties AS q ON q.feed = b.feed AND q.party_id = b.party_id
JOIN text_atoms AS x ON x.territories = a.territories JOIN text_atoms AS y ON y.territories = b.territories
WHERE i.party <> j.party AND p.group_id IS NOT NULL AND q.group_id IS NOT NULL AND p.group_id <> q.group_id
  AND a.kind <> 'manuscript' AND bit_count(x.atoms & y.atoms) > 0
  AND NOT EXISTS (
    SELECT 1 FROM now_agreements AS g
    JOIN party_identities AS s ON s.feed = g.feed AND s.id = g.assignor_party_id
    JOIN party_identities AS t ON t.feed = g.feed AND t.id = g.acquirer_party_id
    WHERE s.party = i.party AND t.party = j.party)
