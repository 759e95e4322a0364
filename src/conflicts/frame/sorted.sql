-- One row per finding, in the order in which findings are told: the graver first, then those with more streams, then by what they say, so
-- that nothing depends on how files were loaded. `identity`: what makes it the same finding at another date of knowledge.
WITH local AS (
  SELECT f.*, CASE WHEN starts_with(f.subject, 'local ') THEN concat('local ', n.feed, ' ', regexp_extract(f.subject, '^local [0-9]+ (.*)$', 1))
    ELSE f.subject END AS subject_text, s.severity
  FROM found AS f JOIN severities AS s ON s.rule = f.rule
  LEFT JOIN feeds AS n ON starts_with(f.subject, 'local ') AND n.feed_no = TRY_CAST(split_part(f.subject, ' ', 2) AS SMALLINT)
)
SELECT *, concat_ws(chr(31), rule, subject_kind, subject, "right", array_to_string(list_sort(parties), ' '), detail) AS identity,
  row_number() OVER (ORDER BY severity, streams DESC, rule, subject_text, "right" NULLS FIRST, over DESC NULLS LAST, total DESC NULLS LAST,
    "from" NULLS FIRST, "to" NULLS FIRST, CAST(atoms AS VARCHAR) NULLS FIRST, detail NULLS FIRST, is_payment_only, len(refs), refs) AS place
FROM local
