-- One row per (feed, id) of a recording, a work or a party, whose name stands for {thing}: the identity that it belongs to, named by the smallest key of all that are connected
-- through shared keys. Only things with several keys connect keys, and only through keys that others have too: among these, as
-- numbers, each round hands the smaller name on to the neighbours, until no name changes.
WITH RECURSIVE things AS MATERIALIZED (
  SELECT feed, id, min("key") AS least, count(*) > 1 AS has_several FROM {thing}_keys GROUP BY feed, id
),
linking AS MATERIALIZED (
  SELECT k.feed, k.id, k."key", t.least FROM {thing}_keys AS k JOIN things AS t ON t.feed = k.feed AND t.id = k.id WHERE t.has_several
),
several AS MATERIALIZED (
  SELECT "key", least, dense_rank() OVER (ORDER BY feed, id) AS thing, dense_rank() OVER (ORDER BY "key") AS node
  FROM linking WHERE "key" IN (
    SELECT "key" FROM {thing}_keys WHERE "key" IN (SELECT "key" FROM linking) GROUP BY "key" HAVING count(*) > 1)
),
named(node, name) USING KEY (node) AS (
  SELECT node, min(least) FROM several GROUP BY node
  UNION
  SELECT theirs.node, min(n.name)
  FROM named AS n
  JOIN several AS ours ON ours.node = n.node
  JOIN several AS theirs ON theirs.thing = ours.thing
  JOIN recurring.named AS current ON current.node = theirs.node
  WHERE n.name < current.name
  GROUP BY theirs.node
),
names AS (
  SELECT s."key", min(n.name) AS name FROM several AS s JOIN named AS n ON n.node = s.node GROUP BY s."key"
)
SELECT t.feed, t.id, coalesce(n.name, t.least) AS {thing}
FROM things AS t LEFT JOIN names AS n ON n."key" = t.least WHERE NOT t.has_several
UNION ALL
SELECT l.feed, l.id, min(coalesce(n.name, l.least)) FROM linking AS l LEFT JOIN names AS n ON n."key" = l."key" GROUP BY l.feed, l.id
