-- One row per (thing, cell, stretch of time): half-open days between neighbouring dates of the facts that hold in the cell,
-- with the day at which the stretch is worked out. NULL is open.
SELECT thing, cell, unnest(dates) AS day, unnest(dates) AS "from", unnest(list_append(dates[2:], NULL)) AS "to"
FROM dated_cells WHERE dates <> []
UNION ALL
SELECT thing, cell, coalesce(CAST(dates[1] - INTERVAL 1 DAY AS DATE), DATE '2000-01-01'), NULL, dates[1] FROM dated_cells
