-- One row per (work, right, fact) of the works of this part, rarely twice: everything that the degree of the work by itself
-- depends on. `claimant`: whom it is about, '' where nobody; `content`: a number for what it says but for dates and names;
-- `dates`, `territories` as in claimant_terms.sql.
-- Names are left out because the degree does not depend on them: voices and chains are numbered within the work. Any
-- numbering is right; ordering by what they say makes equal works come out equal.
WITH stated AS (
  SELECT w.work, s."right", s.feed, s.work_id, coalesce(s.chain, '') AS chain,
    CASE WHEN s.status = 'public-domain' THEN 'public domain' ELSE coalesce(i.party, '') END AS claimant,
    hash(s.kind, s."role", s.share, s.party_id IS NULL, s.status, s.territories) AS said,
    [s.from_first, s.from_last, s.to_first, s.to_last] AS dates, [s.territories] AS territories
  FROM part_works AS p
  JOIN work_identities AS w ON w.work = p.work
  JOIN known_shares AS s ON s.feed = w.feed AND s.work_id = w.id
  LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE s."right" IN ('mech', 'perf')
),
voices AS (
  SELECT work, "right", feed, work_id,
    row_number() OVER (PARTITION BY work, "right" ORDER BY said, feed, work_id) AS voice
  FROM (SELECT work, "right", feed, work_id, bit_xor(hash(said, 1)) AS said FROM stated GROUP BY ALL) AS each
),
chains AS (
  SELECT work, "right", feed, work_id, chain,
    CASE WHEN chain = '' THEN 0
      ELSE row_number() OVER (PARTITION BY work, "right", feed, work_id ORDER BY chain = '', said, chain) END AS slice
  FROM (SELECT work, "right", feed, work_id, chain, bit_xor(hash(said, 1)) AS said FROM stated GROUP BY ALL) AS each
),
parties AS (
  SELECT DISTINCT work, "right", claimant FROM stated WHERE claimant <> ''
)
SELECT s.work, s."right", s.claimant, hash('share', v.voice, c.slice, s.said) AS content, s.dates, s.territories
FROM stated AS s
JOIN voices AS v USING (work, "right", feed, work_id)
JOIN chains AS c USING (work, "right", feed, work_id, chain)
UNION ALL
SELECT p.work, p."right", p.claimant, hash('claimant', k.is_group, k.comparable), NULL, NULL
FROM parties AS p JOIN claimants AS k ON k.party = p.claimant
UNION ALL
SELECT p.work, p."right", p.claimant, hash('term', t.content, t.territories), t.dates, t.territories
FROM parties AS p JOIN claimant_terms AS t ON t.claimant = p.claimant AND t."right" = p."right"
UNION ALL
SELECT p.work, l."right", m.claimant, hash('listed', l.coverage, l.territories, m.territories),
  [l.from_first, l.from_last, l.to_first, l.to_last, m.from_first, m.from_last, m.to_first, m.to_last],
  [l.territories, m.territories]
FROM part_works AS p
JOIN repertoire AS n ON n.item = p.work
JOIN licensors AS l ON l.row_id = n.row_id AND l.coverage <> 'whole-right'
JOIN mandates AS m ON m.licensor = l.licensor AND m."right" = l."right"
JOIN parties AS c ON c.work = p.work AND c."right" = l."right" AND c.claimant = m.claimant
UNION ALL
SELECT p.work, l."right", '', hash('open', l.coverage, l.territories), [l.from_first, l.from_last, l.to_first, l.to_last],
  [l.territories]
FROM part_works AS p
JOIN repertoire AS n ON n.item = p.work
JOIN licensors AS l ON l.row_id = n.row_id AND (l.coverage = 'whole-right' OR l.licensor IS NULL)
