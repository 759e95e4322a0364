-- rule: C-LIC-03
-- name: Two licences for one share on different terms
-- severity: 2
-- kind: rows
-- reads: licences
-- magnitude: none
-- next: Read the precedence clause.
-- One row per pair of licences of one licensor for one right that overlap in territory, time and repertoire and differ in their
-- terms: coverage, uses, repertoire, document, or the day of signature. The subject is the later of the two.
WITH terms AS (
  SELECT l.row_id, l.feed, n.licence_id, l."right", i.party, x.atoms, l.from_first, l.to_first, l.repertoire_kind,
    concat_ws('/', l.coverage, lower(coalesce(n.uses, '-')), l.repertoire_kind, coalesce(n.document, '-'), coalesce(CAST(n.signed_at AS VARCHAR), '-')) AS words
  FROM known_licences AS l
  JOIN now_licences AS n ON n.row_id = l.row_id
  JOIN text_atoms AS x ON x.territories = l.territories
  JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
  WHERE l.coverage <> 'whole-right'
),
pairs AS (
  SELECT a.row_id AS one, b.row_id AS other FROM terms AS a JOIN terms AS b ON b.party = a.party AND b."right" = a."right"
  WHERE (a.repertoire_kind <> 'list' OR b.repertoire_kind <> 'list') AND a.row_id <> b.row_id AND a."right" <> 'master'
  UNION
  SELECT p.row_id, q.row_id FROM repertoire AS p JOIN repertoire AS q ON q.item = p.item AND q.row_id <> p.row_id
)
SELECT 'licence' AS subject_kind, concat('local ', b.feed, ' ', b.licence_id) AS subject, b."right", a.atoms & b.atoms AS atoms,
  greatest(a.from_first, b.from_first) AS "from", least(a.to_first, b.to_first) AS "to", NULL::BIGINT AS total, NULL::BIGINT AS over,
  NULL::BIGINT AS streams, [b.party] AS parties, list_sort([concat('licences:', a.row_id), concat('licences:', b.row_id)]) AS refs,
  NULL::VARCHAR AS detail
FROM pairs AS p JOIN terms AS a ON a.row_id = p.one JOIN terms AS b ON b.row_id = p.other
WHERE a.party = b.party AND a."right" = b."right" AND a.words <> b.words AND bit_count(a.atoms & b.atoms) > 0
  AND (coalesce(a.from_first, DATE '0001-01-01'), a.licence_id, a.row_id) < (coalesce(b.from_first, DATE '0001-01-01'), b.licence_id, b.row_id)
  AND coalesce(a.to_first, DATE '9999-12-31') > coalesce(b.from_first, DATE '0001-01-01')
  AND coalesce(b.to_first, DATE '9999-12-31') > coalesce(a.from_first, DATE '0001-01-01')
