-- One row per share row for the rights in works that are asked about: of which identity it is said, by which voice (a number
-- for one feed's rows for one of its works), about whom, and `said`, a number for what it says but for dates, territories and
-- names. `claimant`: '' where nobody is named; `footing`: its footing, NULL where it has none; `text`: the territories.
WITH stated AS (
  SELECT s.*, CASE WHEN s.status = 'public-domain' THEN 'public domain' ELSE coalesce(i.party, '') END AS claimant
  FROM known_shares AS s LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE s."right" IN (SELECT "right" FROM asked_rights) AND s."right" <> 'master'
),
placed AS (
  SELECT c.claimant, c."right", f.footing FROM claimant_footings AS c
  JOIN footings AS f ON f.is_group = c.is_group AND f.comparable = c.comparable AND f.terms = c.terms
)
SELECT w.work, w.rowid AS voice, s."right", coalesce(s.chain, '') AS chain, s.claimant, p.footing,
  hash(s.kind, s."role", s.share, s.party_id IS NULL, s.status) AS said, t.text, s.from_first, s.from_last, s.to_first, s.to_last
FROM stated AS s
JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
JOIN texts AS t ON t.territories = s.territories
LEFT JOIN placed AS p ON p.claimant = s.claimant AND p."right" = s."right"
