-- One row per (feed, work_id, key), rarely twice: what a feed's work is known by. Works that share a key are one. Keys:
-- each valid ISWC; without one the feed's own id. A reference that is no id of its feed may be an ISWC (contract 1).
SELECT feed, work_id AS id, 'iswc ' || unnest(string_split(iswc, '|')) AS "key"
FROM known_works WHERE iswc IS NOT NULL
UNION ALL
SELECT feed, work_id, 'local ' || feed || ' ' || work_id FROM known_works WHERE iswc IS NULL
UNION ALL
SELECT DISTINCT m.feed, m.work_id, coalesce('iswc ' || m.work_as, 'local ' || m.feed || ' ' || m.work_id)
FROM (
  SELECT feed, work_id, work_as FROM known_links AS l
  WHERE NOT EXISTS (SELECT 1 FROM known_works AS w WHERE w.feed = l.feed AND w.work_id = l.work_id)
  UNION ALL
  SELECT feed, work_id, work_as FROM known_shares AS s
  WHERE NOT EXISTS (SELECT 1 FROM known_works AS w WHERE w.feed = s.feed AND w.work_id = s.work_id)
) AS m
