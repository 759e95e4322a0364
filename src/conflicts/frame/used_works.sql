-- One row per work that any recording with streams embodies.
SELECT DISTINCT r.work FROM recording_works AS r JOIN (SELECT DISTINCT recording FROM uses) AS u USING (recording)
