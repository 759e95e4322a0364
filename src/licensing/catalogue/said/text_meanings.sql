-- One row per (cell, territory text) that covers the cell at any time: `place`, both as one number (2^32 for each cell), so that a join is
-- by both together (all cells may be one, and a join by that alone never ends); `meaning`, a number, the same for all texts that
-- always cover the cell, else for the text and the days between which it does. Cell -1 stands for all of them: there a text
-- means itself.
SELECT t.place, hash(string_agg(t.span, '' ORDER BY t.span)) AS meaning FROM (
  SELECT c.cell::BIGINT * 4294967296 + t.text AS place, CASE WHEN c."from" IS NULL AND c."to" IS NULL THEN ''
    ELSE c.territories || ' ' || coalesce(CAST(c."from" AS VARCHAR), '') || '..' || coalesce(CAST(c."to" AS VARCHAR), '') END AS span
  FROM territory_cells AS c JOIN texts AS t ON t.territories = c.territories
) AS t GROUP BY t.place
UNION ALL
SELECT -4294967296 + text, hash(territories) FROM texts
