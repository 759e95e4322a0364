-- One row per territory text that a fact may use, with a number: joins by it are by a number. `dates`: those at which its
-- meaning changes with time, in order; NULL where it never does.
SELECT territories, row_number() OVER (ORDER BY territories) AS text, dates FROM (
  SELECT territories, CASE WHEN bool_or(valid_from IS NOT NULL OR valid_to IS NOT NULL)
    THEN list_sort(list_distinct(flatten(list([valid_from, valid_to])))) END AS dates
  FROM territory_sets WHERE territories <> 'WORLD' GROUP BY territories
  UNION ALL SELECT 'WORLD', NULL
) AS each
