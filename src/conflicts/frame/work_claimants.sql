-- One row per (work, right, claimant) that any feed states for any time and place: rows that claim something for somebody.
SELECT DISTINCT w.work, s."right", i.party AS claimant
FROM known_shares AS s
JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
WHERE s.kind <> 'manuscript' AND coalesce(s."role", '') <> 'income-participant' AND s.share > 0
