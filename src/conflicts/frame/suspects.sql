-- One row per licence that a rule about the use of licences has to follow to recordings: it ends, or its uses leave out one that
-- was made, or it is of works that it lists.
SELECT l.row_id, l."right", l.coverage, l.feed, n.licence_id, i.party AS licensor, l.territories, x.atoms, l.from_first, l.from_last,
  l.to_first, l.to_last, l.repertoire_kind, n.uses, n.signed_at,
  list_sort(list_transform(string_split(lower(coalesce(n.uses, '')), '|'), u -> trim(u))) AS use_list
FROM known_licences AS l
JOIN now_licences AS n ON n.row_id = l.row_id
JOIN text_atoms AS x ON x.territories = l.territories
LEFT JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
WHERE l.coverage <> 'whole-right' AND l.repertoire_kind <> 'unproven' AND (
  l.to_first IS NOT NULL
  OR (l.coverage = 'by-work' AND l."right" <> 'master')
  OR (n.uses IS NOT NULL AND EXISTS (
    SELECT 1 FROM used WHERE NOT list_contains(list_transform(string_split(lower(n.uses), '|'), u -> trim(u)), used."use"))))
