-- One row per territory text whose meaning changes with time: the dates at which it does, in order.
SELECT territories, list_sort(list_distinct(flatten(list([valid_from, valid_to])))) AS dates
FROM territory_sets WHERE valid_from IS NOT NULL OR valid_to IS NOT NULL GROUP BY territories
