-- Background licences whose repertoire nobody can show (C-LIC-02), in order of publisher.
SELECT 'C-LIC-02' AS conflict, 'planted' AS role, NULL::VARCHAR AS story, 'licence' AS subject_kind, NULL::VARCHAR AS isrc,
  NULL::VARCHAR AS iswc, ipi_text(publisher_number(range)) AS ipi, 1 AS feed_number, 'LP' AS letter, range AS number,
  'mech' AS "right", 'WORLD|!US' AS territories, (DATE '2014-01-01' + below(range, 75, 1800)::INTEGER)::VARCHAR AS valid_from,
  NULL::VARCHAR AS valid_to, received_in(0) AS known_from, NULL::DATE AS known_to, NULL::DECIMAL(18, 6) AS magnitude,
  feed_names()[2] AS feeds, 'no list of the repertoire' AS note
FROM range(licensed_publishers())
WHERE is_directly_licensed(range) AND below(range, 74, 1000) BETWEEN 940 AND 979
