-- One row per (recording, cell, day, right): the buckets of the recording, in millionths of a percent. Where readings
-- differ, each bucket is its smallest and the rest is disputed; where the readings of partial link dates differ, the rest
-- is unknown (domain.md 1.5, "Readings" and rule 6). `status` is strict: it looks at every work of every reading.
WITH by_variant AS (
  SELECT recording, cell, day, "right", variant, min(licensed) AS licensed, min(exempt) AS exempt,
    min(unlicensed) AS unlicensed, min(unknown) AS unknown, min(cleared) AS cleared, max(at_most) AS at_most,
    CASE WHEN coalesce(max(embodied) = min(embodied), true) AND max(licensed) = min(licensed) AND max(exempt) = min(exempt)
        AND max(unlicensed) = min(unlicensed) AND max(unknown) = min(unknown) AND max(disputed) = min(disputed)
      THEN min(disputed)
      ELSE greatest(100000000 - min(licensed) - min(exempt) - min(unlicensed) - min(unknown), 0) END AS disputed,
    min(reason) AS reason, coalesce(max(embodied) > min(embodied), false) AS is_rivalled,
    min(status) AS first_status, max(status) AS last_status
  FROM (
    SELECT *, CASE
      WHEN is_cleared THEN 'fully-licensed' WHEN is_unlicensed THEN 'not-licensed'
      WHEN NOT has_unlicensed THEN 'undetermined' ELSE 'partly-licensed' END AS status
    FROM outcomes
  ) AS each
  GROUP BY recording, cell, day, "right", variant
),
bounded AS (
  SELECT recording, cell, day, "right",
    CASE WHEN min(first_status) < max(last_status) THEN 'undetermined' ELSE min(first_status) END AS status,
    min(licensed) AS licensed, min(exempt) AS exempt, min(unlicensed) AS unlicensed, min(unknown) AS unknown,
    min(disputed) AS disputed, min(cleared) AS cleared, max(at_most) AS at_most, min(reason) AS reason,
    max(licensed) > min(licensed) OR max(exempt) > min(exempt) OR max(unlicensed) > min(unlicensed)
      OR max(unknown) > min(unknown) OR max(disputed) > min(disputed) AS differs,
    bool_or(is_rivalled) AS has_rival_readings
  FROM by_variant GROUP BY recording, cell, day, "right"
)
SELECT recording, cell, day, "right", status, licensed, exempt, unlicensed,
  CASE WHEN differs THEN greatest(100000000 - licensed - exempt - unlicensed - disputed, 0) ELSE unknown END AS unknown,
  disputed, cleared, at_most, CASE WHEN differs THEN 'partial-date' ELSE reason END AS reason, has_rival_readings
FROM bounded
