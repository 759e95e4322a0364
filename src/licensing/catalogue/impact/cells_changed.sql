-- One row per (recording, right, change of its result): the countries in which a day's result was another before a delivery
-- than after it. What nobody had mentioned is undetermined and unknown.
WITH compared AS (
  SELECT feed, id, "right", atom, coalesce(b.status, 'undetermined') AS status_before, a.status AS status_after,
    [coalesce(b.licensed, 0), coalesce(b.exempt, 0), coalesce(b.unlicensed, 0), coalesce(b.unknown, 100000000),
      coalesce(b.disputed, 0)] AS before,
    [a.licensed, a.exempt, a.unlicensed, a.unknown, a.disputed] AS after
  FROM cells_after AS a LEFT JOIN cells_before AS b USING (feed, id, "right", atom)
)
SELECT i.recording, c."right", c.status_before, c.status_after, c.before, c.after, list(DISTINCT c.atom ORDER BY c.atom) AS atoms
FROM compared AS c JOIN recording_identities AS i ON i.feed = c.feed AND i.id = c.id
WHERE c.before <> c.after OR c.status_before <> c.status_after
GROUP BY i.recording, c."right", c.status_before, c.status_after, c.before, c.after
