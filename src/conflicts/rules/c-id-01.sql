-- rule: C-ID-01
-- name: One ISRC on different recordings
-- severity: 2
-- kind: rows
-- reads: recordings
-- magnitude: total: the longest duration less the shortest, in seconds; over: the same
-- next: Listen to both, and ask the label.
-- One row per ISRC that recordings carry whose durations differ by more than 5 seconds, or whose titles or artists are unlike.
WITH coded AS (
  SELECT k."key", r.feed, r.recording_id, r.row_id, r.duration_ms, t.plain AS title, a.plain AS artist
  FROM recording_keys AS k
  JOIN now_recordings AS r ON r.feed = k.feed AND r.recording_id = k.id
  LEFT JOIN plain_texts AS t ON t.given = r.title
  LEFT JOIN plain_texts AS a ON a.given = r.artist
  WHERE k."key" LIKE 'isrc %'
    AND k."key" IN (SELECT "key" FROM recording_keys GROUP BY "key" HAVING count(DISTINCT (feed, id)) > 1)
),
compared AS (
  SELECT *, first_value(title) OVER codes AS first_title, first_value(artist) OVER codes AS first_artist
  FROM coded WINDOW codes AS (PARTITION BY "key" ORDER BY title NULLS LAST, artist NULLS LAST, feed, recording_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
judged AS (
  SELECT "key", CAST(max(duration_ms) - min(duration_ms) AS BIGINT) AS apart,
    coalesce(bool_or(title <> first_title AND NOT contains(title, first_title) AND NOT contains(first_title, title) AND jaro_winkler_similarity(title, first_title) < 0.8), false) AS other_title, coalesce(bool_or(artist <> first_artist AND NOT contains(artist, first_artist) AND NOT contains(first_artist, artist) AND jaro_winkler_similarity(artist, first_artist) < 0.8), false) AS other_artist,
    list_sort(list(DISTINCT concat('recordings:', row_id))) AS refs
  FROM compared GROUP BY "key"
)
SELECT 'recording' AS subject_kind, i.recording AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  coalesce(j.apart, 0) * 1000 AS total, coalesce(j.apart, 0) * 1000 AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties, j.refs,
  concat_ws(', ', substr(j."key", 6), CASE WHEN j.apart > 5000 THEN 'durations differ' END,
    CASE WHEN j.other_title THEN 'titles differ' END, CASE WHEN j.other_artist THEN 'artists differ' END) AS detail
FROM judged AS j
JOIN (SELECT DISTINCT k."key", i.recording FROM recording_keys AS k JOIN recording_identities AS i ON i.feed = k.feed AND i.id = k.id) AS i
  ON i."key" = j."key"
WHERE j.apart > 5000 OR j.other_title OR j.other_artist
