-- One row per (target, cell, right, fact) of the works of this part, rarely twice: everything that the degree of the work by
-- itself depends on in a cell, or, where the cell is -1, in all of them. A work in a recording that a licence lists is a target of
-- its own (targets.sql). `claimant`: whom the fact is about, '' where nobody; `content`: a number for what it says but for dates
-- and names; `dates`, `territories` as in claimant_terms.sql.
-- Names are left out because the degree does not depend on them: voices and chains are numbered within the work. Any
-- numbering is right; ordering by what they say makes equal works come out equal.
-- Materialized: as one join of all, they meet by the right or the cell alone first, which grows with the square of the catalogue.
WITH wanted AS (
  SELECT "right" FROM asked_rights WHERE "right" <> 'master'
),
stated AS MATERIALIZED (
  SELECT p.target, p.cell, s."right", s.feed, s.work_id, coalesce(s.chain, '') AS chain,
    CASE WHEN s.status = 'public-domain' THEN 'public domain' ELSE coalesce(i.party, '') END AS claimant,
    hash(s.kind, s."role", s.share, s.party_id IS NULL, s.status, t.meaning) AS said,
    [s.from_first, s.from_last, s.to_first, s.to_last] AS dates, [s.territories] AS territories
  FROM part_targets AS p
  JOIN work_identities AS w ON w.work = p.work
  JOIN known_shares AS s ON s.feed = w.feed AND s.work_id = w.id
  JOIN text_meanings AS t ON t.place = p.cell || ' ' || s.territories
  LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE s."right" IN (SELECT "right" FROM wanted)
),
voices AS (
  SELECT target, cell, "right", feed, work_id,
    row_number() OVER (PARTITION BY target, cell, "right" ORDER BY said, feed, work_id) AS voice
  FROM (SELECT target, cell, "right", feed, work_id, bit_xor(hash(said, 1)) AS said FROM stated GROUP BY ALL) AS each
),
chains AS (
  SELECT target, cell, "right", feed, work_id, chain,
    row_number() OVER (PARTITION BY target, cell, "right", feed, work_id ORDER BY said, chain) AS slice
  FROM (SELECT target, cell, "right", feed, work_id, chain, bit_xor(hash(said, 1)) AS said FROM stated WHERE chain <> ''
    GROUP BY ALL) AS each
),
parties AS (
  SELECT DISTINCT target, cell, "right", claimant FROM stated WHERE claimant <> ''
),
listed AS MATERIALIZED (
  SELECT p.target, p.cell, t.meaning, l.* FROM (
    SELECT target, cell, work AS item FROM part_targets
    UNION ALL
    SELECT target, cell, listed_recording FROM part_targets WHERE listed_recording IS NOT NULL
  ) AS p
  JOIN repertoire AS n ON n.item = p.item
  JOIN licensors AS l ON l.row_id = n.row_id
  JOIN text_meanings AS t ON t.place = p.cell || ' ' || l.territories
  WHERE l."right" IN (SELECT "right" FROM wanted)
),
represented AS MATERIALIZED (
  SELECT p.target, p.cell, p."right", p.claimant, m.* EXCLUDE ("right", claimant) FROM parties AS p
  JOIN mandates AS m ON m.claimant = p.claimant AND m."right" = p."right"
),
reaching AS MATERIALIZED (
  SELECT c.cell, t.*, m.meaning FROM (SELECT DISTINCT cell FROM part_targets) AS c
  CROSS JOIN open_terms AS t
  JOIN text_meanings AS m ON m.place = c.cell || ' ' || t.territories[1]
  WHERE t."right" IN (SELECT "right" FROM wanted)
)
SELECT s.target, s.cell, s."right", s.claimant, hash('share', v.voice, coalesce(c.slice, 0), s.said) AS content, s.dates, s.territories
FROM stated AS s
JOIN voices AS v USING (target, cell, "right", feed, work_id)
LEFT JOIN chains AS c USING (target, cell, "right", feed, work_id, chain)
UNION ALL
SELECT p.target, p.cell, p."right", p.claimant, hash('claimant', k.is_group, k.comparable), NULL, NULL
FROM parties AS p JOIN claimants AS k ON k.party = p.claimant
UNION ALL
SELECT p.target, p.cell, p."right", p.claimant, hash('term', t.content, l.meaning, r.meaning), t.dates, t.territories
FROM parties AS p JOIN claimant_terms AS t ON t.claimant = p.claimant AND t."right" = p."right"
JOIN text_meanings AS l ON l.place = p.cell || ' ' || t.territories[1]
JOIN text_meanings AS r ON r.place = p.cell || ' ' || t.territories[2]
UNION ALL
SELECT l.target, l.cell, l."right", m.claimant, hash('listed', l.coverage, l.meaning, u.meaning),
  [l.from_first, l.from_last, l.to_first, l.to_last, m.from_first, m.from_last, m.to_first, m.to_last],
  [l.territories, m.territories]
FROM listed AS l
JOIN represented AS m ON m.target = l.target AND m.cell = l.cell AND m."right" = l."right" AND m.licensor = l.licensor
JOIN text_meanings AS u ON u.place = m.cell || ' ' || m.territories
WHERE l.coverage <> 'whole-right'
UNION ALL
SELECT target, cell, "right", '', hash('open', coverage, meaning), [from_first, from_last, to_first, to_last], [territories]
FROM listed WHERE coverage = 'whole-right' OR licensor IS NULL
UNION ALL
SELECT p.target, p.cell, r."right", '', hash('reaching', r.coverage, r.repertoire_kind, r.meaning), r.dates, r.territories
FROM part_targets AS p JOIN reaching AS r USING (cell)
UNION ALL
SELECT p.target, p.cell, r."right", '', hash('work'), NULL, NULL FROM part_targets AS p CROSS JOIN wanted AS r
