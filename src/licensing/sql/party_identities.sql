-- One row per (feed, id) of a party: the identity that it belongs to, named by the smallest key of all that are connected
-- through shared keys. Only things with several keys connect keys: among these each round hands the smaller name on to
-- the neighbours, until no name changes.
WITH RECURSIVE several AS (
  SELECT feed, id, "key" FROM party_keys
  WHERE (feed, id) IN (SELECT (feed, id) FROM party_keys GROUP BY feed, id HAVING count(*) > 1)
),
named("key", name) USING KEY ("key") AS (
  SELECT DISTINCT "key", "key" FROM several
  UNION
  SELECT theirs."key", min(n.name)
  FROM named AS n
  JOIN several AS ours ON ours."key" = n."key"
  JOIN several AS theirs ON theirs.feed = ours.feed AND theirs.id = ours.id
  JOIN recurring.named AS current ON current."key" = theirs."key"
  WHERE n.name < current.name
  GROUP BY theirs."key"
)
SELECT k.feed, k.id, min(coalesce(n.name, k."key")) AS party
FROM party_keys AS k LEFT JOIN named AS n ON n."key" = k."key"
GROUP BY k.feed, k.id
