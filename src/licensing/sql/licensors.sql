-- One row per licence for rights in works: the licence with the identity of its licensor, NULL where it names none.
SELECT l.row_id, l."right", l.coverage, i.party AS licensor, l.territories, l.from_first, l.from_last, l.to_first, l.to_last,
  l.repertoire_kind
FROM known_licences AS l
LEFT JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
WHERE l."right" <> 'master'
