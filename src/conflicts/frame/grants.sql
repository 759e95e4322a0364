-- One row per way in which a licence reaches something: (licence, claimant) for all of a repertoire, (licence, item) for a list, and
-- licences for the whole right, which reach everything (claimant and item NULL). `is_proven`: the coverage is not disputed.
-- Days are half-open; of partial dates, those that are certain.
SELECT l.row_id, l."right", x.atoms & y.atoms AS atoms, greatest(l.from_last, m.from_last) AS from_first, least(l.to_first, m.to_first) AS to_first,
  m.claimant, NULL::VARCHAR AS item, n.uses, l.repertoire_kind = 'all' AS is_proven
FROM known_licences AS l JOIN now_licences AS n ON n.row_id = l.row_id JOIN text_atoms AS x ON x.territories = l.territories
JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
JOIN mandates AS m ON m.licensor = i.party AND m."right" = l."right"
JOIN text_atoms AS y ON y.territories = m.territories
WHERE l.coverage <> 'whole-right' AND l.repertoire_kind IN ('all', 'disputed')
UNION ALL
SELECT l.row_id, l."right", x.atoms, l.from_last, l.to_first, NULL, p.item, n.uses, true
FROM known_licences AS l JOIN now_licences AS n ON n.row_id = l.row_id JOIN text_atoms AS x ON x.territories = l.territories
JOIN repertoire AS p ON p.row_id = l.row_id
UNION ALL
SELECT l.row_id, l."right", x.atoms, l.from_last, l.to_first, NULL, NULL, n.uses, true
FROM known_licences AS l JOIN now_licences AS n ON n.row_id = l.row_id JOIN text_atoms AS x ON x.territories = l.territories
WHERE l.coverage = 'whole-right'
