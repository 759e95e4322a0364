-- One row per (spot, right) whose facts have any: `dates`, the days on which one of its facts begins or ends, in order.
SELECT spot, "right", list_sort(list(day)) AS dates FROM (
  SELECT DISTINCT spot, "right", day FROM (
    SELECT spot, "right", from_first AS day FROM work_shares WHERE from_first IS NOT NULL
    UNION ALL
    SELECT spot, "right", from_last FROM work_shares WHERE from_last <> from_first
    UNION ALL
    SELECT spot, "right", to_first FROM work_shares WHERE to_first IS NOT NULL
    UNION ALL
    SELECT spot, "right", to_last FROM work_shares WHERE to_last IS NOT NULL AND to_last IS DISTINCT FROM to_first
    UNION ALL
    SELECT p.spot, p."right", unnest(f.dates) FROM (SELECT DISTINCT spot, cell, "right", footing FROM work_parties) AS p
    JOIN footing_facts AS f ON f.cell = p.cell AND f.footing = p.footing WHERE f.dates <> []
    UNION ALL
    SELECT spot, "right", unnest(dates) FROM work_listed
    UNION ALL
    SELECT p.spot, r."right", unnest(r.dates) FROM part_targets AS p JOIN reaching_facts AS r ON r.cell = p.cell
    UNION ALL
    SELECT w.spot, w."right", unnest(t.dates) FROM work_texts AS w JOIN texts AS t ON t.text = w.text WHERE t.dates IS NOT NULL
  ) AS each WHERE day IS NOT NULL
) AS days
GROUP BY spot, "right"
