-- One row per recording: the territory texts that its facts use, besides WORLD, as one sorted text.
SELECT a.recording, coalesce(string_agg(t.territories, ';' ORDER BY t.territories), '') AS profile
FROM asked_recordings AS a
LEFT JOIN (SELECT DISTINCT recording, territories FROM relevant WHERE territories <> 'WORLD') AS t USING (recording)
GROUP BY a.recording
