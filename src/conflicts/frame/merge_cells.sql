-- One row per finding: the largest stretch of time and set of territories in which the same rows contradict each other in
-- the same way. `found_cells`: what a rule found, one row per (target, cell, day, right) and contradiction.
WITH signed AS (
  SELECT f.*, p.work, p.atoms, p."from", p."to",
    hash(f."right", f.total, f.over, f.parties, f.refs, f.detail) AS signature
  FROM found_cells AS f JOIN work_pieces AS p USING (target, cell, day)
),
marked AS (
  SELECT *, CASE WHEN lag("to") OVER same = "from" THEN 0 ELSE 1 END AS begins FROM signed
  WINDOW same AS (PARTITION BY target, cell, signature ORDER BY "from" NULLS FIRST)
),
numbered AS (
  SELECT *, sum(begins) OVER (PARTITION BY target, cell, signature ORDER BY "from" NULLS FIRST) AS number FROM marked
),
stretched AS (
  SELECT target, cell, signature, any_value(work) AS work, any_value("right") AS "right", any_value(atoms) AS atoms,
    CASE WHEN bool_or("from" IS NULL) THEN NULL ELSE min("from") END AS "from",
    CASE WHEN bool_or("to" IS NULL) THEN NULL ELSE max("to") END AS "to",
    any_value(total) AS total, any_value(over) AS over, any_value(parties) AS parties, any_value(refs) AS refs,
    any_value(detail) AS detail
  FROM numbered GROUP BY target, cell, signature, number
)
SELECT 'work' AS subject_kind, any_value(work) AS subject, any_value("right") AS "right", bit_or(atoms) AS atoms, "from", "to",
  any_value(total) AS total, any_value(over) AS over, NULL::BIGINT AS streams, any_value(parties) AS parties,
  any_value(refs) AS refs, any_value(detail) AS detail
FROM stretched GROUP BY target, signature, "from", "to"
