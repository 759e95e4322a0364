-- Writers whom the player names without a number (C-PTY-01), where the name is that of another feed: to the letter, or with
-- the given name cut to its first letter. In order of writer. One in ten goes by another name and is not told of.
SELECT 'C-PTY-01' AS conflict, 'implied' AS role, NULL::VARCHAR AS story, 'party' AS subject_kind, NULL::VARCHAR AS isrc,
  NULL::VARCHAR AS iswc, ipi_text(writer_number(range)) AS ipi, 4 AS feed_number, 'Q' AS letter, range AS number,
  NULL::VARCHAR AS "right", NULL::VARCHAR AS territories, NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to,
  received_in(0) AS known_from, NULL::DATE AS known_to, NULL::DECIMAL(18, 6) AS magnitude,
  concat(feed_names()[1], '|', feed_names()[5]) AS feeds,
  CASE WHEN below(writer_number(range), 72, 20) < 9 THEN 'by name only: the same' ELSE 'by name only: the given name is cut' END
    AS note
FROM range(CASE WHEN len(feed_names()) > 4 THEN writers() ELSE 0 END)
WHERE below(writer_number(range), 72, 20) < 18
