-- One row per title, artist, version or name: `plain`, the text without what spellings differ in (case, accents, marks, what
-- stands in brackets), its words in their order.
SELECT given, trim(regexp_replace(regexp_replace(lower(strip_accents(regexp_replace(given, '[(\[].*?[)\]]', ' ', 'g'))), '[^\p{L}\p{N}]+', ' ', 'g'), ' +', ' ', 'g')) AS plain
FROM (
  SELECT title AS given FROM now_recordings UNION SELECT artist FROM now_recordings UNION SELECT version FROM now_recordings
  UNION SELECT title FROM now_works UNION SELECT name FROM now_parties
) AS texts WHERE given IS NOT NULL
