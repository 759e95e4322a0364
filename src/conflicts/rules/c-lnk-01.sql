-- rule: C-LNK-01
-- name: Recording without a work
-- severity: 1
-- kind: rows
-- reads: recordings
-- magnitude: none
-- next: Search for candidates by title, artist and duration.
-- One row per recording that no feed links to a work.
SELECT 'recording' AS subject_kind, i.recording AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties,
  list_sort(list(DISTINCT concat('recordings:', r.row_id))) AS refs, NULL::VARCHAR AS detail
FROM now_recordings AS r JOIN recording_identities AS i ON i.feed = r.feed AND i.id = r.recording_id
WHERE NOT EXISTS (SELECT 1 FROM recording_works AS l WHERE l.recording = i.recording)
GROUP BY i.recording
