-- One row per spot whose facts have any: `dates`, the days on which one of them begins or ends, in order.
SELECT spot, list_sort(list(day)) AS dates FROM (
  SELECT DISTINCT spot, day FROM (
    SELECT spot, from_first AS day FROM work_shares
    UNION ALL
    SELECT spot, from_last FROM work_shares WHERE from_last <> from_first
    UNION ALL
    SELECT spot, to_first FROM work_shares
    UNION ALL
    SELECT spot, to_last FROM work_shares WHERE to_last IS DISTINCT FROM to_first
    UNION ALL
    SELECT p.spot, unnest(f.dates) FROM (SELECT DISTINCT spot, cell, footing FROM work_parties) AS p
    JOIN footing_facts AS f ON f.cell = p.cell AND f.footing = p.footing WHERE f.dates <> []
    UNION ALL
    SELECT spot, unnest(dates) FROM work_listed
    UNION ALL
    SELECT p.spot, unnest(r.dates) FROM part_targets AS p JOIN reaching_facts AS r ON r.cell = p.cell AND r."right" = p."right"
    UNION ALL
    SELECT w.spot, unnest(t.dates) FROM work_texts AS w JOIN texts AS t ON t.text = w.text WHERE t.dates IS NOT NULL
  ) AS each WHERE day IS NOT NULL
) AS days
GROUP BY spot
