-- One row per (recording, cell, day, right): the buckets of the recording, in millionths of a percent. Where readings
-- differ, each bucket is its smallest and the rest is disputed; where the readings of partial link dates differ, the rest
-- is unknown (domain.md 1.5, "Readings" and rule 6). `status` is strict: it looks at every work of every reading.
WITH by_variant AS (
  SELECT recording, cell, day, "right", variant, min(licensed) AS licensed, min(exempt) AS exempt,
    min(unlicensed) AS unlicensed, min(unknown) AS unknown, min(cleared) AS cleared, max(at_most) AS at_most,
    CASE WHEN count(DISTINCT embodied) <= 1 AND max(licensed) = min(licensed) AND max(exempt) = min(exempt)
        AND max(unlicensed) = min(unlicensed) AND max(unknown) = min(unknown) AND max(disputed) = min(disputed)
      THEN min(disputed)
      ELSE greatest(100000000 - min(licensed) - min(exempt) - min(unlicensed) - min(unknown), 0) END AS disputed,
    min(reason) AS reason, count(DISTINCT embodied) AS readings
  FROM outcomes GROUP BY recording, cell, day, "right", variant
),
by_status AS (
  SELECT recording, cell, day, "right",
    CASE WHEN count(DISTINCT status) > 1 THEN 'undetermined' ELSE min(status) END AS status
  FROM (
    SELECT recording, cell, day, "right", CASE
      WHEN is_cleared THEN 'fully-licensed' WHEN is_unlicensed THEN 'not-licensed'
      WHEN NOT has_unlicensed THEN 'undetermined' ELSE 'partly-licensed' END AS status
    FROM outcomes
  ) AS each
  GROUP BY recording, cell, day, "right"
)
SELECT v.recording, v.cell, v.day, v."right", s.status,
  min(licensed) AS licensed, min(exempt) AS exempt, min(unlicensed) AS unlicensed,
  CASE WHEN bool_or(d.differs) THEN greatest(100000000 - min(licensed) - min(exempt) - min(unlicensed) - min(disputed), 0)
    ELSE min(unknown) END AS unknown,
  min(disputed) AS disputed, min(cleared) AS cleared, max(at_most) AS at_most,
  CASE WHEN bool_or(d.differs) THEN 'partial-date' ELSE min(reason) END AS reason,
  max(readings) > 1 AS has_rival_readings
FROM by_variant AS v
JOIN by_status AS s USING (recording, cell, day, "right")
JOIN (
  SELECT recording, cell, day, "right", max(licensed) > min(licensed) OR max(exempt) > min(exempt)
    OR max(unlicensed) > min(unlicensed) OR max(unknown) > min(unknown) OR max(disputed) > min(disputed) AS differs
  FROM by_variant GROUP BY recording, cell, day, "right"
) AS d USING (recording, cell, day, "right")
GROUP BY v.recording, v.cell, v.day, v."right", s.status
