-- One row per (target, cell, day, right, variant) in which somebody speaks: the five buckets, in millionths of a percent,
-- whose sum is 100 within the tolerance; `cleared`; `at_most`, what is licensed if all that is open resolves in favour
-- of a licence (domain.md 1.5, "Result").
WITH sums AS (
  SELECT v.target, v.cell, v.day, v."right", v.variant,
    coalesce(m.licensed, 0) AS licensed, coalesce(m.exempt, 0) AS exempt, coalesce(m.unlicensed, 0) AS unlicensed,
    coalesce(m.unknown, 0) + coalesce(b.unclaimed, 100000000) AS unknown, coalesce(m.disputed, 0) AS disputed,
    coalesce(m.cleared, 0) AS cleared
  FROM (SELECT DISTINCT target, cell, day, "right", variant FROM voices) AS v
  LEFT JOIN (
    SELECT target, cell, day, "right", variant,
      max(CASE class WHEN 'licensed' THEN mass END) AS licensed, max(CASE class WHEN 'exempt' THEN mass END) AS exempt,
      max(CASE class WHEN 'unlicensed' THEN mass END) AS unlicensed, max(CASE class WHEN 'unknown' THEN mass END) AS unknown,
      max(CASE class WHEN 'disputed' THEN mass END) AS disputed, max(CASE class WHEN 'cleared' THEN mass END) AS cleared
    FROM masses GROUP BY target, cell, day, "right", variant
  ) AS m USING (target, cell, day, "right", variant)
  LEFT JOIN (
    SELECT target, cell, day, "right", variant,
      CASE WHEN any_value(is_complete) THEN 0 ELSE greatest(100000000 - any_value(all_ceilings), 0) END AS unclaimed
    FROM bounds GROUP BY target, cell, day, "right", variant
  ) AS b USING (target, cell, day, "right", variant)
)
SELECT target, cell, day, "right", variant, licensed, exempt, unlicensed, unknown,
  disputed + greatest(100000000 - licensed - exempt - unlicensed - unknown - disputed, 0) AS disputed,
  cleared, greatest(100000000 - unlicensed - exempt, licensed) AS at_most
FROM sums
