-- One row per statement that holds from a day to a day and for territories: what it is about, its dates as first possible days,
-- whether one of them is partial, when it was received.
SELECT 'shares' AS relation, s.feed, s.work_id AS local_id, 'work' AS subject_kind, w.work AS subject, s."right", s.territories, x.atoms,
  s.from_first AS "from", s.to_first AS "to",
  coalesce(s.from_first <> s.from_last, false) OR coalesce(s.to_first IS DISTINCT FROM s.to_last, false) AS is_partial, s.known_from,
  CASE WHEN i.party IS NULL THEN []::VARCHAR[] ELSE [i.party] END AS parties, concat('shares:', s.row_id) AS ref
FROM known_shares AS s JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
LEFT JOIN text_atoms AS x ON x.territories = s.territories
LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
UNION ALL
SELECT 'licences', l.feed, n.licence_id, 'licence', concat('local ', l.feed, ' ', n.licence_id), l."right", l.territories, x.atoms, l.from_first, l.to_first,
  coalesce(l.from_first <> l.from_last, false) OR coalesce(l.to_first IS DISTINCT FROM l.to_last, false), l.known_from,
  CASE WHEN i.party IS NULL THEN []::VARCHAR[] ELSE [i.party] END, concat('licences:', l.row_id)
FROM known_licences AS l JOIN now_licences AS n ON n.row_id = l.row_id
LEFT JOIN text_atoms AS x ON x.territories = l.territories
LEFT JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
UNION ALL
SELECT 'links', l.feed, l.recording_id, 'recording', r.recording, NULL, 'WORLD', NULL, l.from_first, l.to_first,
  coalesce(l.from_first <> l.from_last, false) OR coalesce(l.to_first IS DISTINCT FROM l.to_last, false), l.known_from,
  []::VARCHAR[], concat('links:', l.row_id)
FROM known_links AS l JOIN recording_identities AS r ON r.feed = l.feed AND r.id = l.recording_id
WHERE l.from_first IS NOT NULL OR l.to_first IS NOT NULL
UNION ALL
SELECT 'affiliations', a.feed, a.party_id, 'party', i.party, a."right", a.territories, x.atoms, a.from_first, a.to_first,
  coalesce(a.from_first <> a.from_last, false) OR coalesce(a.to_first IS DISTINCT FROM a.to_last, false), a.known_from,
  [i.party], concat('affiliations:', a.row_id)
FROM known_affiliations AS a JOIN party_identities AS i ON i.feed = a.feed AND i.id = a.party_id
LEFT JOIN text_atoms AS x ON x.territories = a.territories
