-- One row per (spot, territory text) that the facts of a work use.
SELECT DISTINCT spot, text FROM (
  SELECT spot, text FROM work_shares
  UNION ALL
  SELECT p.spot, unnest(f.texts) FROM work_parties AS p JOIN footing_facts AS f ON f.cell = p.cell AND f.footing = p.footing
  WHERE f.texts <> []
  UNION ALL
  SELECT spot, unnest(texts) FROM work_listed
  UNION ALL
  SELECT p.spot, unnest(r.texts) FROM part_targets AS p JOIN reaching_facts AS r ON r.cell = p.cell AND r."right" = p."right"
) AS each
