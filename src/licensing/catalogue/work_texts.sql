-- One row per (spot, right, territory text) that the facts of a work use.
SELECT DISTINCT spot, "right", text FROM (
  SELECT spot, "right", text FROM work_shares
  UNION ALL
  SELECT p.spot, p."right", unnest(f.texts) FROM work_parties AS p
  JOIN footing_facts AS f ON f.cell = p.cell AND f.footing = p.footing WHERE f.texts <> []
  UNION ALL
  SELECT spot, "right", unnest(texts) FROM work_listed
  UNION ALL
  SELECT p.spot, r."right", unnest(r.texts) FROM part_targets AS p JOIN reaching_facts AS r ON r.cell = p.cell
) AS each
