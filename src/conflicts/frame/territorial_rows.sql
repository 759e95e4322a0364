-- One row per statement with territories that need a note: what it is about and what it says of when.
SELECT territories, subject_kind, subject, "right", "from", "to", parties, ref FROM dated_rows
WHERE relation <> 'links' AND territories IN (SELECT territories FROM problem_texts)
UNION ALL
SELECT u.territory, 'recording', r.recording, NULL, u.period, NULL, []::VARCHAR[], concat('usage:', u.row_id)
FROM now_usage AS u JOIN recording_identities AS r ON r.feed = u.feed AND r.id = u.recording_id
WHERE u.territory IN (SELECT territories FROM problem_texts)
