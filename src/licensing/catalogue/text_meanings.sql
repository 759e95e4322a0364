-- One row per (territory text, cell) that the text covers at any time, as one word, `place`, so that a join by it is by both
-- together (all cells may be one, and a join by that alone never ends): `meaning`, '' where it always does, else the text
-- with the days between which it does. Cell -1 stands for all of them: there a text means itself.
SELECT cell || ' ' || territories AS place,
  CASE WHEN bool_and("from" IS NULL AND "to" IS NULL) THEN ''
    ELSE territories || string_agg(' ' || coalesce(CAST("from" AS VARCHAR), '') || '..' || coalesce(CAST("to" AS VARCHAR), ''), ''
      ORDER BY "from", "to") END AS meaning
FROM territory_cells GROUP BY territories, cell
UNION ALL
SELECT '-1 ' || territories, territories FROM territory_sets WHERE territories <> 'WORLD' GROUP BY territories
UNION ALL
SELECT '-1 WORLD', 'WORLD'
