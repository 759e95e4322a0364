-- One row per way in which a licensor stands for a claimant: for itself, always and everywhere, and for those that
-- `affiliations` say it represents (domain.md 1.5 step 3). Licences of one reach the claims of the other.
SELECT DISTINCT "right", licensor, licensor AS claimant, 'WORLD' AS territories,
  NULL::DATE AS from_first, NULL::DATE AS from_last, NULL::DATE AS to_first, NULL::DATE AS to_last
FROM licensors WHERE licensor IS NOT NULL
UNION ALL
SELECT a."right", o.party, c.party, a.territories, a.from_first, a.from_last, a.to_first, a.to_last
FROM known_affiliations AS a
JOIN party_identities AS c ON c.feed = a.feed AND c.id = a.party_id
JOIN party_identities AS o ON o.feed = a.feed AND o.id = a.licensor_id
