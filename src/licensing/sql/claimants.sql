-- One row per claimant (party identity): whether it is a group, and whether licensors can be compared with it, by a valid
-- IPI or ISNI or because a feed that has licences names it (domain.md 1.5 step 3).
SELECT i.party,
  bool_or(p.group_id IS NOT NULL) AS is_group,
  bool_or(k."key" LIKE 'ipi %' OR k."key" LIKE 'base %' OR k."key" LIKE 'isni %' OR f.feed IS NOT NULL) AS comparable
FROM party_identities AS i
JOIN party_keys AS k ON k.feed = i.feed AND k.id = i.id
LEFT JOIN known_parties AS p ON p.feed = i.feed AND p.party_id = i.id
LEFT JOIN licence_feeds AS f ON f.feed = i.feed
GROUP BY i.party
