-- rule: C-LNK-05
-- name: Link changed after usage
-- severity: 2
-- kind: rows
-- reads: links usage past_links
-- streams: own
-- magnitude: total and over: streams of the time before the change, in the streams column
-- next: Show the exhibit as known then, beside today's.
-- One row per recording of which a feed no longer links what it linked, while it links it to something else now, with streams in
-- periods that had ended before the change was received.
SELECT 'recording' AS subject_kind, gone.recording AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", CAST(gone.known_to AS DATE) AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, CAST(sum(u.streams) AS BIGINT) AS streams, []::VARCHAR[] AS parties, gone.refs,
  NULL::VARCHAR AS detail
FROM (
  SELECT i.recording, max(s.known_to) AS known_to, list_sort(list_distinct(list_concat(list(concat('links:', s.row_id)), list(concat('links:', n.row_id))))) AS refs
  FROM past_links AS s
  JOIN recording_identities AS i ON i.feed = s.feed AND i.id = s.recording_id
  JOIN now_links AS n ON n.feed = s.feed AND n.recording_id = s.recording_id AND n.known_from = s.known_to AND n.work_id <> s.work_id
  WHERE NOT EXISTS (SELECT 1 FROM now_links AS same WHERE same.feed = s.feed AND same.recording_id = s.recording_id AND same.work_id = s.work_id)
  GROUP BY i.recording
) AS gone
JOIN uses AS u ON u.recording = gone.recording AND u.last_day < CAST(gone.known_to AS DATE)
GROUP BY gone.recording, gone.known_to, gone.refs
