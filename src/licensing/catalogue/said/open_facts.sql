-- One row per right for which a licence reaches every recording: `content`, `dates`, `territories` of all such licences, in the
-- manner of footing_facts.sql.
WITH met AS (
  SELECT "right", hash(content, territories) AS content, dates, territories FROM open_terms
  WHERE "right" = 'master' OR coverage = 'whole-right'
),
dated AS (
  SELECT "right", list_sort(list_distinct(flatten(list(dates)))) AS dates, list_distinct(flatten(list(territories))) AS territories
  FROM met GROUP BY "right"
)
SELECT m."right", hash(list_sort(list(hash(m.content, list_transform(m.dates, lambda day: list_position(d.dates, day)))))) AS content,
  any_value(d.dates) AS dates, any_value(d.territories) AS territories
FROM met AS m JOIN dated AS d ON d."right" = m."right"
GROUP BY m."right"
