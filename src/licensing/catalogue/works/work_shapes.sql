-- One row per (target, cell, right) of this part: `dates`, the days on which any of its facts begins or ends, in order;
-- `territories`, the texts that they use; `high` and `low`, a number of 128 bits for the facts, in which a date stands as
-- its place in `dates` and a claimant as what is said about it. Works with one number have the same degrees between the
-- same places of their dates: the relations of a degree compare days and claimants with each other, and look at nothing else
-- of them. `salts` holds what is the same for all: the rules themselves, and whether licence data for the right had been received.
-- Names are left out because the degree does not depend on them: voices and chains are numbered within the work. Any
-- numbering is right; ordering by what they say makes equal works come out equal.
WITH voices AS (
  SELECT spot, voice, row_number() OVER (PARTITION BY spot ORDER BY said, voice) AS place
  FROM (SELECT spot, voice, bit_xor(hash(said, 1)) AS said FROM work_shares GROUP BY spot, voice) AS each
),
chains AS (
  SELECT spot, voice, chain, row_number() OVER (PARTITION BY spot, voice ORDER BY said, chain) AS slice
  FROM (
    SELECT spot, voice, chain, bit_xor(hash(said, 1)) AS said FROM work_shares WHERE chain > 0 GROUP BY spot, voice, chain
  ) AS each
),
facts AS (
  SELECT s.spot, s.claimant, s.footing, hash('share', v.place, coalesce(c.slice, s.chain), s.said, list_position(d.dates, s.from_first),
    list_position(d.dates, s.from_last), list_position(d.dates, s.to_first), list_position(d.dates, s.to_last)) AS fact
  FROM work_shares AS s
  JOIN voices AS v ON v.spot = s.spot AND v.voice = s.voice
  LEFT JOIN chains AS c ON c.spot = s.spot AND c.voice = s.voice AND c.chain = s.chain
  LEFT JOIN work_dates AS d ON d.spot = s.spot
  UNION ALL
  SELECT l.spot, l.claimant, p.footing, hash(l.content, list_transform(l.dates, lambda day: list_position(d.dates, day)))
  FROM work_listed AS l
  LEFT JOIN work_parties AS p ON p.spot = l.spot AND p.claimant = l.claimant
  LEFT JOIN work_dates AS d ON d.spot = l.spot
),
said AS (
  SELECT spot, claimant, footing, list_sort(list(fact)) AS facts FROM facts GROUP BY spot, claimant, footing
),
turning AS (
  SELECT w.spot, list_sort(list(hash(t.territories, list_transform(t.dates, lambda day: list_position(d.dates, day))))) AS places
  FROM work_texts AS w JOIN texts AS t ON t.text = w.text JOIN work_dates AS d ON d.spot = w.spot
  WHERE t.dates IS NOT NULL GROUP BY w.spot
),
claimants AS (
  SELECT s.spot, list_sort(list(hash(CASE WHEN s.claimant IN ('', 'public domain') THEN s.claimant ELSE 'party' END, s.facts,
    f.content, list_transform(f.dates, lambda day: list_position(d.dates, day))))) AS said
  FROM said AS s JOIN part_targets AS p ON p.spot = s.spot
  LEFT JOIN footing_facts AS f ON f.cell = p.cell AND f.footing = s.footing
  LEFT JOIN work_dates AS d ON d.spot = s.spot
  GROUP BY s.spot
),
named AS (
  SELECT w.spot, list_sort(list(t.territories)) AS territories FROM work_texts AS w JOIN texts AS t ON t.text = w.text GROUP BY w.spot
)
SELECT p.target, p.cell, p."right",
  hash(r.salt, c.said, t.places, q.content, list_transform(q.dates, lambda day: list_position(d.dates, day))) AS high,
  hash(1, list_transform(q.dates, lambda day: list_position(d.dates, day)), q.content, t.places, c.said, r.salt) AS low,
  coalesce(d.dates, []) AS dates, coalesce(n.territories, []) AS territories
FROM part_targets AS p
JOIN salts AS r ON r."right" = p."right"
LEFT JOIN work_dates AS d ON d.spot = p.spot
LEFT JOIN claimants AS c ON c.spot = p.spot
LEFT JOIN reaching_facts AS q ON q.cell = p.cell AND q."right" = p."right"
LEFT JOIN turning AS t ON t.spot = p.spot
LEFT JOIN named AS n ON n.spot = p.spot
