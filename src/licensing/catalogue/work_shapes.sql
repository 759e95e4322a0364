-- One row per (target, cell, right) of this part: `dates`, the days on which any of its facts begins or ends, in order;
-- `territories`, the texts that they use; `high` and `low`, a number of 128 bits for the facts, in which a date stands as
-- its place in `dates` and a claimant as what is said about it. Works with one number have the same degrees between the
-- same places of their dates: the relations of a degree compare days and claimants with each other, and look at nothing else
-- of them. `salts` holds what is the same for all: the rules themselves, and whether licence data for the right had been received.
-- Names are left out because the degree does not depend on them: voices and chains are numbered within the work. Any
-- numbering is right; ordering by what they say makes equal works come out equal.
WITH voices AS (
  SELECT spot, "right", voice, row_number() OVER (PARTITION BY spot, "right" ORDER BY said, voice) AS place
  FROM (SELECT spot, "right", voice, bit_xor(hash(said, 1)) AS said FROM work_shares GROUP BY spot, "right", voice) AS each
),
chains AS (
  SELECT spot, "right", voice, chain, row_number() OVER (PARTITION BY spot, "right", voice ORDER BY said, chain) AS slice
  FROM (
    SELECT spot, "right", voice, chain, bit_xor(hash(said, 1)) AS said FROM work_shares WHERE chain <> ''
    GROUP BY spot, "right", voice, chain
  ) AS each
),
facts AS (
  SELECT s.spot, s."right", s.claimant, s.footing, hash('share', v.place, coalesce(c.slice, 0), s.said, list_position(d.dates, s.from_first),
    list_position(d.dates, s.from_last), list_position(d.dates, s.to_first), list_position(d.dates, s.to_last)) AS fact
  FROM work_shares AS s
  JOIN voices AS v ON v.spot = s.spot AND v."right" = s."right" AND v.voice = s.voice
  LEFT JOIN chains AS c ON c.spot = s.spot AND c."right" = s."right" AND c.voice = s.voice AND c.chain = s.chain
  LEFT JOIN work_dates AS d ON d.spot = s.spot AND d."right" = s."right"
  UNION ALL
  SELECT l.spot, l."right", l.claimant, p.footing, hash(l.content, list_transform(l.dates, lambda day: list_position(d.dates, day)))
  FROM work_listed AS l
  LEFT JOIN work_parties AS p ON p.spot = l.spot AND p."right" = l."right" AND p.claimant = l.claimant
  LEFT JOIN work_dates AS d ON d.spot = l.spot AND d."right" = l."right"
),
said AS (
  SELECT spot, "right", claimant, footing, list_sort(list(fact)) AS facts FROM facts GROUP BY spot, "right", claimant, footing
),
turning AS (
  SELECT w.spot, w."right", list_sort(list(hash(t.territories, list_transform(t.dates, lambda day: list_position(d.dates, day))))) AS places
  FROM work_texts AS w JOIN texts AS t ON t.text = w.text
  JOIN work_dates AS d ON d.spot = w.spot AND d."right" = w."right"
  WHERE t.dates IS NOT NULL GROUP BY w.spot, w."right"
),
claimants AS (
  SELECT s.spot, s."right", list_sort(list(hash(CASE WHEN s.claimant IN ('', 'public domain') THEN s.claimant ELSE 'party' END, s.facts,
    f.content, list_transform(f.dates, lambda day: list_position(d.dates, day))))) AS said
  FROM said AS s JOIN part_targets AS p ON p.spot = s.spot
  LEFT JOIN footing_facts AS f ON f.cell = p.cell AND f.footing = s.footing
  LEFT JOIN work_dates AS d ON d.spot = s.spot AND d."right" = s."right"
  GROUP BY s.spot, s."right"
),
named AS (
  SELECT w.spot, w."right", list_sort(list(t.territories)) AS territories FROM work_texts AS w JOIN texts AS t ON t.text = w.text
  GROUP BY w.spot, w."right"
)
SELECT p.target, p.cell, r."right",
  hash(r.salt, c.said, t.places, q.content, list_transform(q.dates, lambda day: list_position(d.dates, day))) AS high,
  hash(1, list_transform(q.dates, lambda day: list_position(d.dates, day)), q.content, t.places, c.said, r.salt) AS low,
  coalesce(d.dates, []) AS dates, coalesce(n.territories, []) AS territories
FROM part_targets AS p
JOIN (SELECT * FROM salts WHERE "right" <> 'master' AND "right" IN (SELECT "right" FROM asked_rights)) AS r ON true
LEFT JOIN work_dates AS d ON d.spot = p.spot AND d."right" = r."right"
LEFT JOIN claimants AS c ON c.spot = p.spot AND c."right" = r."right"
LEFT JOIN reaching_facts AS q ON q.cell = p.cell AND q."right" = r."right"
LEFT JOIN turning AS t ON t.spot = p.spot AND t."right" = r."right"
LEFT JOIN named AS n ON n.spot = p.spot AND n."right" = r."right"
