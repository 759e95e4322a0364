-- One row per share row for the rights in works that are asked about: of which identity it is said, by which voice (a number
-- for one feed's rows for one of its works), about whom, and `said`, a number for what it says but for dates, territories and
-- names. `claimant`: '' where nobody is named; `footing`: its footing, NULL where it has none; `text`: the territories.
-- `chain`: 0 for none, -1 for one of its own, else a number for the chain, which other rows of the voice share.
WITH stated AS (
  SELECT s.*, w.work, w.rowid AS voice, coalesce(s.chain, '') AS link,
    CASE WHEN s.status = 'public-domain' THEN 'public domain' ELSE coalesce(i.party, '') END AS claimant
  FROM known_shares AS s
  JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE s."right" IN (SELECT "right" FROM asked_rights) AND s."right" <> 'master'
),
shared AS (
  SELECT voice, "right", link, row_number() OVER () AS chain FROM (
    SELECT w.rowid AS voice, s."right", s.chain AS link FROM known_shares AS s
    JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
    WHERE s.chain <> '' GROUP BY w.rowid, s."right", s.chain HAVING count(*) > 1
  ) AS each
),
placed AS (
  SELECT c.claimant, c."right", f.footing FROM claimant_footings AS c
  JOIN footings AS f ON f.is_group = c.is_group AND f.comparable = c.comparable AND f.terms = c.terms
)
SELECT s.work, s.voice, s."right", CASE WHEN s.link = '' THEN 0 ELSE coalesce(c.chain, -1) END AS chain, s.claimant, p.footing,
  hash(s.kind, s."role", s.share, s.party_id IS NULL, s.status) AS said, t.text, s.from_first, s.from_last, s.to_first, s.to_last
FROM stated AS s
JOIN texts AS t ON t.territories = s.territories
LEFT JOIN placed AS p ON p.claimant = s.claimant AND p."right" = s."right"
LEFT JOIN shared AS c ON c.voice = s.voice AND c."right" = s."right" AND c.link = s.link
