-- One row per way in which a licence bears upon something, proven or not: (licence, claimant) through its licensor, and (licence, item)
-- through its list.
SELECT l.row_id, m.claimant, NULL::VARCHAR AS item
FROM known_licences AS l
JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
JOIN mandates AS m ON m.licensor = i.party AND m."right" = l."right"
WHERE l.repertoire_kind <> 'list'
UNION ALL
SELECT row_id, NULL, item FROM repertoire
