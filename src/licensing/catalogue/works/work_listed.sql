-- One row per (spot, claimant, licence that lists the work or the recording), rarely twice, as the licence reaches the claimant;
-- '' where it reaches whoever claims. `content`, `dates`, `texts` as in claimant_terms.sql.
-- Materialized: as one join of all, they meet by the right alone first, which grows with the square of the catalogue.
WITH listed AS MATERIALIZED (
  SELECT p.spot, p.cell, t.meaning, x.text, l.* FROM (
    SELECT spot, cell, "right", work AS item FROM part_targets
    UNION ALL
    SELECT spot, cell, "right", listed_recording FROM part_targets WHERE listed_recording IS NOT NULL
  ) AS p
  JOIN repertoire AS n ON n.item = p.item
  JOIN licensors AS l ON l.row_id = n.row_id AND l."right" = p."right"
  JOIN texts AS x ON x.territories = l.territories
  JOIN text_meanings AS t ON t.place = p.cell * 4294967296 + x.text
),
met AS MATERIALIZED (
  SELECT l.*, p.claimant FROM listed AS l JOIN work_parties AS p ON p.spot = l.spot WHERE l.coverage <> 'whole-right'
)
SELECT l.spot, l.claimant, hash('listed', l.coverage, l.meaning, u.meaning) AS content,
  [l.from_first, l.from_last, l.to_first, l.to_last, m.from_first, m.from_last, m.to_first, m.to_last] AS dates, [l.text, x.text] AS texts
FROM met AS l
JOIN mandates AS m ON m.claimant = l.claimant AND m."right" = l."right" AND m.licensor = l.licensor
JOIN texts AS x ON x.territories = m.territories
JOIN text_meanings AS u ON u.place = l.cell * 4294967296 + x.text
UNION ALL
SELECT spot, '', hash('open', coverage, meaning), [from_first, from_last, to_first, to_last], [text]
FROM listed WHERE coverage = 'whole-right' OR licensor IS NULL
