-- One row per finding of rules about who holds what, cut where it turns into a question of payment only: `is_payment_only` where every
-- party of the finding is licensed or exempt, or a licence for the whole right is in force, whoever is right. Same columns as
-- `findings`.
WITH asked AS (
  SELECT * FROM findings WHERE rule IN (SELECT rule FROM payment_rules) AND atoms IS NOT NULL AND len(parties) > 0
),
reached AS (
  SELECT f.finding, p.party, g.atoms, g.from_first, g.to_first
  FROM (SELECT finding, "right", unnest(parties) AS party FROM asked) AS f
  JOIN (SELECT finding, unnest(parties) AS party FROM asked) AS p ON p.finding = f.finding AND p.party = f.party
  JOIN grants AS g ON g.claimant = f.party AND g."right" = f."right" AND g.is_proven
  UNION ALL
  SELECT f.finding, p.party, g.atoms, g.from_first, g.to_first
  FROM asked AS f JOIN (SELECT finding, unnest(parties) AS party FROM asked) AS p USING (finding)
  JOIN grants AS g ON g.item = f.subject AND g."right" = f."right"
  JOIN licensors AS l ON l.row_id = g.row_id JOIN mandates AS m ON m.licensor = l.licensor AND m."right" = g."right" AND m.claimant = p.party
  UNION ALL
  SELECT f.finding, p.party, g.atoms, g.from_first, g.to_first
  FROM asked AS f JOIN (SELECT finding, unnest(parties) AS party FROM asked) AS p USING (finding)
  JOIN grants AS g ON g."right" = f."right" AND g.claimant IS NULL AND g.item IS NULL
  UNION ALL
  SELECT finding, 'public domain', atoms, NULL, NULL FROM asked WHERE list_contains(parties, 'public domain')
),
starts AS (
  SELECT finding, coalesce("from", DATE '0001-01-01') AS day FROM asked
  UNION
  SELECT f.finding, d.day FROM asked AS f
  JOIN (SELECT finding, unnest([from_first, to_first]) AS day FROM reached) AS d ON d.finding = f.finding
  WHERE d.day > coalesce(f."from", DATE '0001-01-01') AND d.day < coalesce(f."to", DATE '9999-12-31')
),
stretches AS (
  SELECT finding, day, lead(day) OVER (PARTITION BY finding ORDER BY day) AS next FROM starts
),
covered AS (
  SELECT s.finding, s.day, r.party, bit_or(r.atoms) AS atoms
  FROM stretches AS s JOIN reached AS r ON r.finding = s.finding
    AND coalesce(r.from_first, DATE '0001-01-01') <= s.day AND coalesce(r.to_first, DATE '9999-12-31') > s.day
  GROUP BY s.finding, s.day, r.party
),
regions AS (
  SELECT s.finding, s.day, s.next, f.atoms, CASE WHEN count(c.party) = any_value(len(f.parties)) THEN f.atoms & bit_and(c.atoms) ELSE f.atoms & ~f.atoms END AS paid
  FROM stretches AS s JOIN asked AS f ON f.finding = s.finding LEFT JOIN covered AS c ON c.finding = s.finding AND c.day = s.day
  GROUP BY s.finding, s.day, s.next, f.atoms
),
cut AS (
  SELECT finding, day, next, paid AS atoms, true AS is_payment_only FROM regions WHERE bit_count(paid) > 0
  UNION ALL
  SELECT finding, day, next, atoms & ~paid, false FROM regions WHERE bit_count(atoms & ~paid) > 0
),
numbered AS (
  SELECT *, sum(begins) OVER (PARTITION BY finding, is_payment_only, atoms ORDER BY day) AS number FROM (
    SELECT *, CASE WHEN lag(next) OVER (PARTITION BY finding, is_payment_only, atoms ORDER BY day) = day THEN 0 ELSE 1 END AS begins FROM cut
  ) AS marked
),
joined AS (
  SELECT finding, is_payment_only, atoms, min(day) AS day, CASE WHEN bool_or(next IS NULL) THEN NULL ELSE max(next) END AS next
  FROM numbered GROUP BY finding, is_payment_only, atoms, number
)
SELECT f.finding, f.rule, f.subject_kind, f.subject, f."right", j.atoms, CASE WHEN j.day > DATE '0001-01-01' THEN j.day END AS "from",
  coalesce(j.next, f."to") AS "to", f.total, f.over, f.streams, f.parties, f.refs, f.detail, j.is_payment_only
FROM joined AS j JOIN asked AS f USING (finding)
UNION ALL
SELECT f.*, false FROM findings AS f WHERE f.finding NOT IN (SELECT finding FROM asked)
