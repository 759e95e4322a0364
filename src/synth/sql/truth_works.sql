-- Hits of which the society states two ISWCs (C-ID-03), in order of work; those of the long tail are told as stories.
SELECT 'C-ID-03' AS conflict, 'planted' AS role, NULL::VARCHAR AS story, 'work' AS subject_kind, NULL::VARCHAR AS isrc,
  concat(iswc_text(g), '|', second_iswc(g)) AS iswc, NULL::VARCHAR AS ipi, 0 AS feed_number, 'W' AS letter, g AS number,
  NULL::VARCHAR AS "right", NULL::VARCHAR AS territories, NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to,
  received_in(0) AS known_from, NULL::DATE AS known_to, NULL::DECIMAL(18, 6) AS magnitude, feed_names()[1] AS feeds,
  'one work is stated under two ISWCs' AS note
FROM work_facts(0, tail_from())
WHERE has_two_iswcs(g, place, 0) AND has_bit(mask, 0) AND has_iswc(g, category, place, 0)
