-- rule: C-LIC-02
-- name: Licence in force whose repertoire cannot be shown
-- severity: 1
-- kind: rows
-- reads: licences
-- magnitude: none
-- next: Obtain the list of the repertoire, or testimony about it.
-- One row per licence that is not for the whole right and for whose repertoire there is no list.
SELECT 'licence' AS subject_kind, concat('local ', l.feed, ' ', n.licence_id) AS subject, l."right", x.atoms, l.from_first AS "from",
  l.to_first AS "to", NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams,
  CASE WHEN i.party IS NULL THEN []::VARCHAR[] ELSE [i.party] END AS parties, [concat('licences:', l.row_id)] AS refs, NULL::VARCHAR AS detail
FROM known_licences AS l
JOIN now_licences AS n ON n.row_id = l.row_id
JOIN text_atoms AS x ON x.territories = l.territories
LEFT JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
WHERE l.repertoire_kind = 'unproven' AND l.coverage <> 'whole-right'
