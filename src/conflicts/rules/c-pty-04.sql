-- rule: C-PTY-04
-- name: Corporate succession unclear
-- severity: 3
-- kind: rows
-- reads: shares parties
-- magnitude: total and over: the share that moved
-- next: Look for the merger or sale documents.
-- One row per (work, feed, right, chain, day) on which a share passes from a party of one group to one of another, and per share row that
-- a full delivery no longer had and a party of another group took over in it (C-SNP-02), where no agreement tells of it. Groups are those
-- that the feed states, of a party that is gone those that it stated last.
WITH moved AS (
  SELECT a.feed, w.work, a."right", x.atoms & y.atoms AS atoms, b.from_first AS "from", b.to_first AS "to", b.share,
    a.party_id AS old_id, b.party_id AS new_id, a.row_id AS old_row, b.row_id AS new_row
  FROM known_shares AS a
  JOIN known_shares AS b ON b.feed = a.feed AND b.work_id = a.work_id AND b."right" = a."right" AND b.kind = a.kind
    AND b.chain = a.chain AND b.from_first = a.to_first AND b.share = a.share
  JOIN work_identities AS w ON w.feed = a.feed AND w.id = a.work_id
  JOIN text_atoms AS x ON x.territories = a.territories JOIN text_atoms AS y ON y.territories = b.territories
  WHERE a.kind <> 'manuscript' AND bit_count(x.atoms & y.atoms) > 0
  UNION ALL
  SELECT v.feed, v.work, v."right", v.atoms, v."from", v."to", v.share, s.party_id, t.party_id, v.row_id, v.taken_over_row
  FROM vanished AS v JOIN said_shares AS s ON s.row_id = v.row_id JOIN said_shares AS t ON t.row_id = v.taken_over_row
  WHERE v.taken_over_by IS NOT NULL AND s.share_kind <> 'manuscript'
),
groups AS (
  SELECT p.feed, p.party_id, arg_max(p.group_id, p.known_from) AS group_id
  FROM said_parties AS p JOIN knowledge AS k ON p.known_from < k.before
  WHERE p.party_id IN (SELECT old_id FROM moved UNION SELECT new_id FROM moved)
  GROUP BY p.feed, p.party_id
)
SELECT 'work' AS subject_kind, m.work AS subject, m."right", m.atoms, m."from", m."to", CAST(m.share AS BIGINT) AS total,
  CAST(m.share AS BIGINT) AS over, NULL::BIGINT AS streams, list_sort([i.party, j.party]) AS parties,
  [concat('shares:', m.old_row), concat('shares:', m.new_row)] AS refs, NULL::VARCHAR AS detail
FROM moved AS m
JOIN groups AS p ON p.feed = m.feed AND p.party_id = m.old_id
JOIN groups AS q ON q.feed = m.feed AND q.party_id = m.new_id AND q.group_id <> p.group_id
JOIN party_identities AS j ON j.feed = m.feed AND j.id = m.new_id
JOIN (
  SELECT feed, id, party FROM party_identities
  UNION SELECT n.feed, n.party_id, n."key" FROM party_names AS n
    WHERE NOT EXISTS (SELECT 1 FROM party_identities AS o WHERE o.feed = n.feed AND o.id = n.party_id)
) AS i ON i.feed = m.feed AND i.id = m.old_id
WHERE i.party <> j.party
  AND NOT EXISTS (
    SELECT 1 FROM now_agreements AS g
    JOIN party_identities AS s ON s.feed = g.feed AND s.id = g.assignor_party_id
    JOIN party_identities AS t ON t.feed = g.feed AND t.id = g.acquirer_party_id
    WHERE s.party = i.party AND t.party = j.party)
