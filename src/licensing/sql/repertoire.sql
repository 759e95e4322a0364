-- One row per (row_id, item): an identity, of a recording or a work, that the repertoire of a licence or take-down lists.
-- An item is an id of its feed; one that is none may be an ISRC or ISWC (contract 1).
SELECT n.row_id, r.recording AS item
FROM known_repertoire AS n JOIN recording_identities AS r ON r.feed = n.feed AND r.id = n.item
UNION
SELECT n.row_id, w.work
FROM known_repertoire AS n JOIN work_identities AS w ON w.feed = n.feed AND w.id = n.item
UNION
SELECT n.row_id, r.recording
FROM known_repertoire AS n
JOIN recording_keys AS k ON k."key" = 'isrc ' || n.isrc
JOIN recording_identities AS r ON r.feed = k.feed AND r.id = k.id
WHERE NOT EXISTS (SELECT 1 FROM recording_identities AS own WHERE own.feed = n.feed AND own.id = n.item)
UNION
SELECT n.row_id, w.work
FROM known_repertoire AS n
JOIN work_keys AS k ON k."key" = 'iswc ' || n.iswc
JOIN work_identities AS w ON w.feed = k.feed AND w.id = k.id
WHERE NOT EXISTS (SELECT 1 FROM work_identities AS own WHERE own.feed = n.feed AND own.id = n.item)
