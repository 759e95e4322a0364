-- rule: C-LIC-01
-- name: Licence for a party with no share
-- severity: 3
-- kind: rows
-- reads: licences
-- magnitude: none
-- next: Has the licensor's repertoire drifted away? Compare it with the licence.
-- One row per licence by claim whose licensor, or anybody it stands for, claims nothing for that right: in any work, or in those
-- that the licence lists. Who represents others is a society or administrator and is left out as long as those claim anything.
SELECT 'licence' AS subject_kind, concat('local ', l.feed, ' ', n.licence_id) AS subject, l."right", x.atoms, l.from_first AS "from",
  l.to_first AS "to", NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, [i.party] AS parties,
  [concat('licences:', l.row_id)] AS refs, NULL::VARCHAR AS detail
FROM known_licences AS l
JOIN now_licences AS n ON n.row_id = l.row_id
JOIN text_atoms AS x ON x.territories = l.territories
JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
WHERE l."right" <> 'master' AND l.coverage = 'by-claim' AND CASE l.repertoire_kind
  WHEN 'list' THEN EXISTS (SELECT 1 FROM repertoire AS p WHERE p.row_id = l.row_id) AND NOT EXISTS (
    SELECT 1 FROM repertoire AS p JOIN work_claimants AS c ON c.work = p.item
    JOIN mandates AS m ON m.claimant = c.claimant AND m."right" = c."right"
    WHERE p.row_id = l.row_id AND c."right" = l."right" AND m.licensor = i.party)
  ELSE NOT EXISTS (
    SELECT 1 FROM mandates AS m JOIN work_claimants AS c ON c.claimant = m.claimant AND c."right" = m."right"
    WHERE m.licensor = i.party AND m."right" = l."right")
    AND NOT EXISTS (SELECT 1 FROM mandates AS m WHERE m.licensor = i.party AND m.claimant <> i.party) END
