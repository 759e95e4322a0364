-- rule: C-DAT-05
-- name: Missing or partial date
-- severity: 3
-- kind: rows
-- reads: any
-- magnitude: none
-- next: Show the date as a range; ask for the day.
-- One row per (subject, feed, right) of shares or licences that state no start, or a date without its day.
SELECT subject_kind, subject, "right", bit_or(atoms) AS atoms, min("from") AS "from",
  CASE WHEN bool_or("to" IS NULL) THEN NULL ELSE max("to") END AS "to", NULL::BIGINT AS total,
  NULL::BIGINT AS over, NULL::BIGINT AS streams, list_sort(list_distinct(flatten(list(parties)))) AS parties,
  list_sort(list(DISTINCT ref)) AS refs,
  CASE WHEN bool_or(is_partial) THEN 'a date without its day' ELSE 'no start stated' END AS detail
FROM dated_rows
WHERE relation IN ('shares', 'licences') AND ("from" IS NULL OR is_partial)
GROUP BY subject_kind, subject, feed, local_id, "right"
