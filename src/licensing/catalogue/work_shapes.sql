-- One row per (work, cell, right) of this part of which anything is known: `dates`, the days on which any of its facts begins
-- or ends, in order; `territories`, the texts that they use; `high` and `low`, a number of 128 bits for the facts, in
-- which a date stands as its place in `dates` and a claimant as what is said about it. Works with one number have the same
-- degrees between the same places of their dates: the relations of a degree compare days and claimants with each other,
-- and look at nothing else of them.
WITH dated AS (
  SELECT work, cell, "right", list_sort(list_distinct(flatten(list(dates)))) AS dates,
    list_sort(list_distinct(flatten(list(territories)))) AS territories
  FROM (
    SELECT work, cell, "right", dates, territories FROM work_facts WHERE dates IS NOT NULL
    UNION ALL
    SELECT f.work, f.cell, f."right", d.dates, [] FROM (
      SELECT DISTINCT work, cell, "right", unnest(territories) AS territories FROM work_facts
    ) AS f JOIN dated_territories AS d USING (territories)
  ) AS each
  GROUP BY work, cell, "right"
),
said AS (
  SELECT f.work, f.cell, f."right", f.claimant,
    list_sort(list(hash(f.content, list_transform(f.dates, lambda day: list_position(d.dates, day))))) AS facts
  FROM work_facts AS f LEFT JOIN dated AS d USING (work, cell, "right")
  GROUP BY f.work, f.cell, f."right", f.claimant
),
turning AS (
  SELECT f.work, f.cell, f."right", list_sort(list(hash(f.territories, list_transform(t.dates, lambda day: list_position(d.dates, day)))))
    AS places
  FROM (SELECT DISTINCT work, cell, "right", unnest(territories) AS territories FROM work_facts) AS f
  JOIN dated_territories AS t USING (territories)
  JOIN dated AS d USING (work, cell, "right")
  GROUP BY f.work, f.cell, f."right"
)
SELECT s.work, s.cell, s."right", hash(s.claimants, t.places) AS high, hash(1, t.places, s.claimants) AS low,
  coalesce(d.dates, []) AS dates, coalesce(d.territories, []) AS territories
FROM (
  SELECT work, cell, "right",
    list_sort(list(hash(CASE WHEN claimant IN ('', 'public domain') THEN claimant ELSE 'party' END, facts))) AS claimants
  FROM said GROUP BY work, cell, "right"
) AS s
LEFT JOIN dated AS d USING (work, cell, "right")
LEFT JOIN turning AS t USING (work, cell, "right")
