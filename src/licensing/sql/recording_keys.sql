-- One row per (feed, recording_id, key), rarely twice: what a feed's recording is known by. Recordings that share a key
-- are one. Keys: each valid ISRC; without one the feed's own id. A reference that is no id of its feed may be an ISRC
-- (contract 1).
SELECT feed, recording_id AS id, 'isrc ' || unnest(string_split(isrc, '|')) AS "key"
FROM known_recordings WHERE isrc IS NOT NULL
UNION ALL
SELECT feed, recording_id, 'local ' || feed || ' ' || recording_id FROM known_recordings WHERE isrc IS NULL
UNION ALL
SELECT DISTINCT l.feed, l.recording_id, coalesce('isrc ' || l.recording_as, 'local ' || l.feed || ' ' || l.recording_id)
FROM known_links AS l
WHERE NOT EXISTS (SELECT 1 FROM known_recordings AS r WHERE r.feed = l.feed AND r.recording_id = l.recording_id)
UNION ALL
-- A licence may list a recording that no feed describes.
SELECT DISTINCT n.feed, n.item, 'isrc ' || n.isrc
FROM known_repertoire AS n
WHERE n.isrc IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM known_recordings AS r WHERE r.feed = n.feed AND r.recording_id = n.item)
  AND NOT EXISTS (SELECT 1 FROM known_links AS l WHERE l.feed = n.feed AND l.recording_id = n.item)
