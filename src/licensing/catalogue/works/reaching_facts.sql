-- One row per (cell, right) that a licence which reaches every work covers at any time: `content`, `dates`, `texts` of all such
-- licences, as in footing_facts.sql.
WITH met AS (
  SELECT c.cell, o."right", hash(o.coverage, o.repertoire_kind, m.meaning) AS content, o.dates, o.text
  FROM (SELECT DISTINCT cell FROM part_targets) AS c
  CROSS JOIN open_terms AS o
  JOIN text_meanings AS m ON m.place = c.cell * 4294967296 + o.text
  WHERE o."right" IN (SELECT "right" FROM asked_rights) AND o."right" <> 'master'
),
dated AS (
  SELECT cell, "right", list_sort(list_distinct(flatten(list(dates)))) AS dates, list(DISTINCT text) AS texts
  FROM met GROUP BY cell, "right"
)
SELECT m.cell, m."right", hash(list_sort(list(hash(m.content, list_transform(m.dates, lambda day: list_position(d.dates, day)))))) AS content,
  any_value(d.dates) AS dates, any_value(d.texts) AS texts
FROM met AS m JOIN dated AS d ON d.cell = m.cell AND d."right" = m."right"
GROUP BY m.cell, m."right"
