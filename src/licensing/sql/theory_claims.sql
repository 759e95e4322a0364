-- One row per claim of a voice that takes part, as the theories leave it. Theory `registered-administrator-binds`: a
-- licensed claimant that some voice names as administrator keeps its ceiling (`is_bound`), and every other claim is cut
-- to what those ceilings leave (domain.md 1.5, "Theories"). The ceiling is written into every voice: otherwise a voice that
-- says less would cap what the theory has just settled.
WITH claims AS (
  SELECT c.* FROM voice_claims AS c
  JOIN taking_part USING (target, cell, day, "right", variant, feed, work_id)
),
bound AS (
  SELECT c.target, c.cell, c.day, c."right", c.variant, c.claimant, max(least(c.claim, 100000000)) AS ceiling
  FROM claims AS c JOIN classes AS k USING (target, cell, day, "right", claimant)
  WHERE k.class = 'licensed' AND EXISTS (SELECT 1 FROM theories WHERE name = 'registered-administrator-binds')
  GROUP BY c.target, c.cell, c.day, c."right", c.variant, c.claimant HAVING bool_or(c.is_administrator)
),
remaining AS (
  SELECT target, cell, day, "right", variant, greatest(100000000 - sum(ceiling), 0) AS share FROM bound
  GROUP BY target, cell, day, "right", variant
)
SELECT c.target, c.cell, c.day, c."right", c.variant, c.feed, c.work_id, c.claimant, false AS is_bound,
  CASE WHEN r.share IS NULL THEN c.claim ELSE CAST(least(c.claim, r.share) AS BIGINT) END AS claim
FROM claims AS c
LEFT JOIN bound AS b USING (target, cell, day, "right", variant, claimant)
LEFT JOIN remaining AS r USING (target, cell, day, "right", variant)
WHERE b.claimant IS NULL
UNION ALL
SELECT t.target, t.cell, t.day, t."right", t.variant, t.feed, t.work_id, b.claimant, true, CAST(b.ceiling AS BIGINT)
FROM taking_part AS t JOIN bound AS b USING (target, cell, day, "right", variant)
