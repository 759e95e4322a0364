-- One row per thing that is asked about, a recording or a target: the territory texts that its facts use, besides WORLD, as one
-- list, and its number, `profile`.
SELECT thing, texts, dense_rank() OVER (ORDER BY texts) AS profile
FROM (SELECT thing, list_filter(territories, lambda text: text <> 'WORLD') AS texts FROM asked_shapes) AS each
