-- One row per work that is asked about: the territory texts that its shares use, besides WORLD, as one sorted text.
SELECT a.work, coalesce(string_agg(t.territories, ';' ORDER BY t.territories), '') AS profile
FROM asked_works AS a
LEFT JOIN (SELECT DISTINCT work, territories FROM work_facts WHERE territories <> 'WORLD') AS t USING (work)
GROUP BY a.work
