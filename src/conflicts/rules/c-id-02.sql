-- rule: C-ID-02
-- name: One recording under several ISRCs
-- severity: 3
-- kind: rows
-- reads: recordings
-- magnitude: total and over: the number of ISRCs
-- next: Decide whether they are one recording.
-- One row per recording for which a feed states several ISRCs, and per group of recordings under different ISRCs with the
-- same title, artist, version and, to the second, duration.
SELECT 'recording' AS subject_kind, i.recording AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  CAST(max(len(string_split(r.isrc, '|'))) * 1000000 AS BIGINT) AS total, CAST(max(len(string_split(r.isrc, '|'))) * 1000000 AS BIGINT) AS over,
  NULL::BIGINT AS streams, []::VARCHAR[] AS parties, list_sort(list(DISTINCT concat('recordings:', r.row_id))) AS refs,
  'stated together' AS detail
FROM now_recordings AS r JOIN recording_identities AS i ON i.feed = r.feed AND i.id = r.recording_id
WHERE contains(r.isrc, '|')
GROUP BY i.recording
UNION ALL
SELECT 'recording', min(recording), NULL, NULL, NULL, NULL, CAST(count(DISTINCT recording) * 1000000 AS BIGINT),
  CAST(count(DISTINCT recording) * 1000000 AS BIGINT), NULL, []::VARCHAR[], list_sort(list(DISTINCT ref)), 'alike in title, artist and duration'
FROM (
  SELECT i.recording, t.plain AS title, a.plain AS artist, coalesce(v.plain, '') AS version, r.duration_ms // 1000 AS seconds,
    concat('recordings:', r.row_id) AS ref
  FROM now_recordings AS r JOIN recording_identities AS i ON i.feed = r.feed AND i.id = r.recording_id
  JOIN plain_texts AS t ON t.given = r.title JOIN plain_texts AS a ON a.given = r.artist
  LEFT JOIN plain_texts AS v ON v.given = r.version
  WHERE r.isrc IS NOT NULL AND r.duration_ms IS NOT NULL AND t.plain <> '' AND a.plain <> ''
) AS alike
GROUP BY title, artist, version, seconds HAVING count(DISTINCT recording) > 1
