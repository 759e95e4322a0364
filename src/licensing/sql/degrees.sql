-- One row per (target, cell, day, right) that is asked about: the five buckets of a work in millionths of a percent, with
-- `cleared`, `at_most` and the reason where it is unknown for want of data (domain.md 1.5, rule 6 and overrides a to c).
-- Where the readings of partial dates differ, the smaller counts and the rest is unknown.
WITH wanted AS (
  SELECT p.target, p.cell, p.day, p.variants, r."right" FROM target_points AS p CROSS JOIN asked_rights AS r WHERE r."right" <> 'master'
),
spoken AS (
  SELECT target, cell, day, "right", min(licensed) AS licensed, min(exempt) AS exempt, min(unlicensed) AS unlicensed,
    min(disputed) AS disputed, min(unknown) AS unknown, min(cleared) AS cleared, max(at_most) AS at_most,
    count(*) AS variants, max(exempt) AS most_exempt,
    max(licensed) > min(licensed) OR max(exempt) > min(exempt) OR max(unlicensed) > min(unlicensed)
      OR max(disputed) > min(disputed) OR max(unknown) > min(unknown) AS is_partial
  FROM variant_degrees GROUP BY target, cell, day, "right"
),
-- A reading of the dates in which nobody speaks leaves everything unknown.
joined AS (
  SELECT w.target, w.cell, w.day, w."right", s.target IS NOT NULL AS is_spoken,
    coalesce(s.is_partial OR s.variants < w.variants, false) AS is_partial,
    CASE WHEN s.variants < w.variants THEN 0 ELSE s.licensed END AS licensed,
    CASE WHEN s.variants < w.variants THEN 0 ELSE s.exempt END AS exempt,
    CASE WHEN s.variants < w.variants THEN 0 ELSE s.unlicensed END AS unlicensed,
    CASE WHEN s.variants < w.variants THEN 0 ELSE s.disputed END AS disputed,
    CASE WHEN s.variants < w.variants THEN 0 ELSE s.cleared END AS cleared,
    CASE WHEN s.variants < w.variants THEN 100000000 ELSE s.at_most END AS at_most, s.unknown,
    coalesce(s.most_exempt, 0) AS most_exempt,
    d."right" IS NOT NULL AS has_licence_data, g.target IS NOT NULL AS is_blanket, k.target IS NOT NULL AS has_partial_licence
  FROM wanted AS w LEFT JOIN spoken AS s USING (target, cell, day, "right")
  LEFT JOIN licence_rights AS d ON d."right" = w."right"
  LEFT JOIN (
    SELECT DISTINCT target, cell, day, "right" FROM open_grants WHERE coverage = 'whole-right' AND standing = 2
  ) AS g USING (target, cell, day, "right")
  LEFT JOIN (SELECT DISTINCT target, cell, day, "right" FROM classes WHERE is_partial) AS k USING (target, cell, day, "right")
)
SELECT target, cell, day, "right",
  CASE WHEN is_blanket THEN CASE WHEN most_exempt > coalesce(exempt, 0) THEN 'partial-date' END
    WHEN NOT is_spoken THEN 'no-data' WHEN NOT has_licence_data THEN 'no-licence-data'
    WHEN is_partial OR has_partial_licence THEN 'partial-date' END AS reason,
  CASE WHEN is_blanket THEN 100000000 - most_exempt
    WHEN is_spoken AND has_licence_data THEN licensed ELSE 0 END AS licensed,
  CASE WHEN is_spoken AND has_licence_data THEN exempt ELSE 0 END AS exempt,
  CASE WHEN is_spoken AND has_licence_data AND NOT is_blanket THEN unlicensed ELSE 0 END AS unlicensed,
  -- What is exempt under one reading of the dates and licensed under the other is neither for certain.
  CASE WHEN is_blanket THEN most_exempt - coalesce(exempt, 0)
    WHEN NOT is_spoken OR NOT has_licence_data THEN 100000000
    WHEN is_partial THEN greatest(100000000 - licensed - exempt - unlicensed - disputed, 0) ELSE unknown END AS unknown,
  CASE WHEN is_spoken AND has_licence_data AND NOT is_blanket THEN disputed ELSE 0 END AS disputed,
  CASE WHEN is_blanket THEN 100000000 WHEN is_spoken AND has_licence_data THEN cleared ELSE 0 END AS cleared,
  CASE WHEN is_blanket THEN 100000000 - coalesce(exempt, 0)
    WHEN is_spoken AND has_licence_data THEN at_most ELSE 100000000 END AS at_most
FROM joined
