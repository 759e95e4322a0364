-- One row per (claimant, right, term), rarely twice: licences for all of a licensor's repertoire, proven or not, that reach
-- the claims of a claimant wherever they are, by themselves or through a mandate. `content`: what the licence says but for
-- dates and names; `dates`: of the licence, then of the mandate, NULL where open; `texts`: the territories of both.
SELECT DISTINCT m.claimant, m."right", hash(l.coverage, l.repertoire_kind) AS content,
  [l.from_first, l.from_last, l.to_first, l.to_last, m.from_first, m.from_last, m.to_first, m.to_last] AS dates,
  [t.text, u.text] AS texts
FROM mandates AS m
JOIN licensors AS l ON l.licensor = m.licensor AND l."right" = m."right"
JOIN texts AS t ON t.territories = l.territories
JOIN texts AS u ON u.territories = m.territories
WHERE l.coverage <> 'whole-right' AND l.repertoire_kind <> 'list'
