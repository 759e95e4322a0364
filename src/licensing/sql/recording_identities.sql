-- One row per (feed, id) of a recording: the identity that it belongs to, named by the smallest key of all that are connected
-- through shared keys. Only things with several keys connect keys: among these each round hands the smaller name on to
-- the neighbours, until no name changes. All keys of a thing are connected, so that any of them leads to its name.
WITH RECURSIVE things AS MATERIALIZED (
  SELECT feed, id, any_value("key") AS "key", count(*) > 1 AS has_several FROM recording_keys GROUP BY feed, id
),
several AS (
  SELECT k.feed, k.id, k."key" FROM recording_keys AS k JOIN things AS t ON t.feed = k.feed AND t.id = k.id WHERE t.has_several
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
SELECT t.feed, t.id, coalesce(n.name, t."key") AS recording
FROM things AS t
LEFT JOIN (SELECT "key", min(name) AS name FROM named GROUP BY "key") AS n ON n."key" = t."key"
