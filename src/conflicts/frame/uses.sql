-- One row per usage row with streams: the recording's identity, the atomic territory, the first and last day of the period.
SELECT coalesce(own.recording, other.recording) AS recording, t.atom, u.period AS first_day,
  coalesce(u.period_last, u.period) AS last_day, u.streams, u."use", u.row_id
FROM now_usage AS u
JOIN atom_codes AS t ON t.code = upper(trim(u.territory))
LEFT JOIN recording_identities AS own ON own.feed = u.feed AND own.id = u.recording_id
LEFT JOIN (SELECT k."key", min(i.recording) AS recording FROM recording_keys AS k
  JOIN recording_identities AS i ON i.feed = k.feed AND i.id = k.id GROUP BY k."key") AS other
  ON own.recording IS NULL AND other."key" = concat('isrc ', upper(replace(u.recording_id, '-', '')))
WHERE u.streams > 0 AND coalesce(own.recording, other.recording) IS NOT NULL
