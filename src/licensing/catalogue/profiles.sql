-- One row per thing that is asked about, a recording or a target: the territory texts that its facts use, besides WORLD, as one
-- sorted text.
SELECT thing, array_to_string(list_filter(territories, lambda text: text <> 'WORLD'), ';') AS profile FROM asked_shapes
