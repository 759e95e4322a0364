-- One row per recording: the territory texts that its facts use, besides WORLD, as one sorted text.
SELECT recording, array_to_string(list_filter(territories, lambda text: text <> 'WORLD'), ';') AS profile FROM asked_shapes
