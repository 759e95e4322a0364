-- One row per (target, cell, day, right, claimant): the coverage class, the first that applies of exempt, licensed,
-- disputed, unknown, unlicensed (domain.md 1.5 step 3). Unlicensed only where licence data for the right had been received
-- and the claimant can be compared with the licensors; otherwise unknown.
SELECT c.target, c.cell, c.day, c."right", c.claimant,
  CASE
    WHEN c.claimant = 'public domain' THEN 'exempt'
    WHEN v.standing = 2 THEN 'licensed'
    WHEN v.standing = 3 THEN 'disputed'
    WHEN v.standing = 4 THEN 'unknown'
    WHEN coalesce(k.comparable, false) AND c."right" IN (SELECT "right" FROM licence_rights)
      THEN 'unlicensed'
    ELSE 'unknown' END AS class,
  coalesce(v.standing = 4 AND v.is_partial, false) AS is_partial
FROM claimed AS c
LEFT JOIN claimants AS k ON k.party = c.claimant
LEFT JOIN (
  SELECT target, cell, day, "right", claimant, min(standing) AS standing, bool_or(is_partial) AS is_partial
  FROM coverage GROUP BY target, cell, day, "right", claimant
) AS v USING (target, cell, day, "right", claimant)
