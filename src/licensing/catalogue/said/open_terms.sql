-- One row per (right, term): licences that reach every recording, whoever is in it: those for the whole right, notices that
-- name nobody, and masters of a licensor's whole repertoire. `dates` of the licence, NULL where open; `feed` is the licence's.
SELECT l."right", l.feed, hash(l.coverage, l.repertoire_kind, l.feed) AS content, l.coverage, l.repertoire_kind,
  [l.from_first, l.from_last, l.to_first, l.to_last] AS dates, [l.territories] AS territories, t.text
FROM known_licences AS l JOIN texts AS t ON t.territories = l.territories
WHERE l.repertoire_kind <> 'list'
  AND (l.coverage = 'whole-right' OR l."right" = 'master' OR (l.coverage = 'by-work' AND l.licensor_id IS NULL))
