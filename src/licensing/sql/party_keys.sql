-- One row per (feed, party_id, key), rarely twice: what a feed's party is known by. Parties that share a key are one
-- claimant: the same IPI name number, IPI base number or ISNI in any feed, or one group within a feed (domain.md 1.5
-- rule 3). A group that is named by a party's id has that party as a member.
WITH mentioned AS (
  SELECT feed, party_id, party_as FROM known_shares WHERE party_id IS NOT NULL
  UNION ALL
  SELECT feed, licensor_id, licensor_as FROM known_licences WHERE licensor_id IS NOT NULL
  UNION ALL
  SELECT feed, party_id, party_as FROM known_affiliations
  UNION ALL
  SELECT feed, licensor_id, licensor_as FROM known_affiliations
)
SELECT feed, party_id AS id, 'ipi ' || unnest(string_split(ipi_name_number, '|')) AS "key"
FROM known_parties WHERE ipi_name_number IS NOT NULL
UNION ALL
SELECT feed, party_id, 'base ' || unnest(string_split(ipi_base_number, '|'))
FROM known_parties WHERE ipi_base_number IS NOT NULL
UNION ALL
SELECT feed, party_id, 'isni ' || unnest(string_split(isni, '|')) FROM known_parties WHERE isni IS NOT NULL
UNION ALL
SELECT feed, party_id, 'local ' || feed || ' ' || group_id FROM known_parties WHERE group_id IS NOT NULL
UNION ALL
SELECT feed, party_id, 'local ' || feed || ' ' || party_id FROM known_parties
UNION ALL
SELECT DISTINCT m.feed, m.party_id, coalesce('ipi ' || m.party_as, 'local ' || m.feed || ' ' || m.party_id)
FROM mentioned AS m
WHERE NOT EXISTS (SELECT 1 FROM known_parties AS p WHERE p.feed = m.feed AND p.party_id = m.party_id)
