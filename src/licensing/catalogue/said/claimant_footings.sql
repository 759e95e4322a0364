-- One row per (claimant, right): on what footing a claimant is: whether it is a group, whether it is `comparable`, and `terms`, the
-- numbers of those that reach it.
SELECT k.party AS claimant, r."right", k.is_group, k.comparable, coalesce(list_sort(list(n.term) FILTER (WHERE n.term IS NOT NULL)), []) AS terms
FROM claimants AS k CROSS JOIN (SELECT "right" FROM asked_rights WHERE "right" <> 'master') AS r
LEFT JOIN (
  SELECT c.claimant, c."right", t.term FROM claimant_terms AS c
  JOIN terms AS t ON t.content = c.content AND t.dates = c.dates AND t.texts = c.texts
) AS n ON n.claimant = k.party AND n."right" = r."right"
GROUP BY k.party, r."right", k.is_group, k.comparable
