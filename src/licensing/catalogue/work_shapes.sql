-- One row per (target, cell, right) of this part: `dates`, the days on which any of its facts begins or ends, in order;
-- `territories`, the texts that they use; `high` and `low`, a number of 128 bits for the facts, in which a date stands as
-- its place in `dates` and a claimant as what is said about it. Works with one number have the same degrees between the
-- same places of their dates: the relations of a degree compare days and claimants with each other, and look at nothing else
-- of them. `salts` holds what is the same for all: the rules themselves, and whether licence data for the right had been received.
WITH dated AS (
  SELECT target, cell, "right", list_sort(list_distinct(flatten(list(dates)))) AS dates,
    list_sort(list_distinct(flatten(list(territories)))) AS territories
  FROM (
    SELECT target, cell, "right", dates, territories FROM work_facts WHERE dates IS NOT NULL
    UNION ALL
    SELECT f.target, f.cell, f."right", d.dates, [] FROM (
      SELECT DISTINCT target, cell, "right", unnest(territories) AS territories FROM work_facts
    ) AS f JOIN dated_territories AS d USING (territories)
  ) AS each
  GROUP BY target, cell, "right"
),
said AS (
  SELECT f.target, f.cell, f."right", f.claimant,
    list_sort(list(hash(f.content, list_transform(f.dates, lambda day: list_position(d.dates, day))))) AS facts
  FROM work_facts AS f LEFT JOIN dated AS d USING (target, cell, "right")
  GROUP BY f.target, f.cell, f."right", f.claimant
),
turning AS (
  SELECT f.target, f.cell, f."right", list_sort(list(hash(f.territories, list_transform(t.dates, lambda day: list_position(d.dates, day)))))
    AS places
  FROM (SELECT DISTINCT target, cell, "right", unnest(territories) AS territories FROM work_facts) AS f
  JOIN dated_territories AS t USING (territories)
  JOIN dated AS d USING (target, cell, "right")
  GROUP BY f.target, f.cell, f."right"
)
SELECT s.target, s.cell, s."right", hash(r.salt, s.claimants, t.places) AS high, hash(1, t.places, s.claimants, r.salt) AS low,
  coalesce(d.dates, []) AS dates, coalesce(d.territories, []) AS territories
FROM (
  SELECT target, cell, "right",
    list_sort(list(hash(CASE WHEN claimant IN ('', 'public domain') THEN claimant ELSE 'party' END, facts))) AS claimants
  FROM said GROUP BY target, cell, "right"
) AS s
JOIN salts AS r USING ("right")
LEFT JOIN dated AS d USING (target, cell, "right")
LEFT JOIN turning AS t USING (target, cell, "right")
