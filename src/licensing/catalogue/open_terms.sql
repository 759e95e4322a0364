-- One row per (right, term): licences that reach every recording, whoever is in it: those for the whole right, notices that
-- name nobody, and masters of a licensor's whole repertoire. Columns as in claimant_terms.sql; `feed` is the licence's.
SELECT "right", feed, hash(coverage, repertoire_kind, feed) AS content, coverage, repertoire_kind,
  [from_first, from_last, to_first, to_last] AS dates, [territories] AS territories
FROM known_licences
WHERE repertoire_kind <> 'list'
  AND (coverage = 'whole-right' OR "right" = 'master' OR (coverage = 'by-work' AND licensor_id IS NULL))
