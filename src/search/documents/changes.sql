-- What an index of an earlier generation ($before: its list of documents) must change to hold these documents. `remove`
-- comes before `replace` of the same document; `touch`: only the popularity differs, within its step.
-- One row per change; key: op, id; in the order of op (removals first) and number.
WITH was AS (SELECT * FROM read_parquet($before)),
last AS (SELECT step, max(id) AS id FROM was GROUP BY step),
met AS (
  SELECT d.*, w.id AS old_id, w.said AS old_said, w.popularity AS old_popularity,
    coalesce(w.step = d.step, false) AS stays, coalesce(w.said = d.said, false) AS same
  FROM documents d LEFT JOIN was w ON w.kind = d.kind AND w."key" = d."key"
), numbered AS (
  SELECT met.*, CASE WHEN stays THEN old_id ELSE coalesce(last.id, met.step)
    + row_number() OVER (PARTITION BY met.step, stays ORDER BY popularity DESC, "key") END AS id
  FROM met LEFT JOIN last ON last.step = met.step
)
SELECT 'remove' AS op, w.kind, w."key", NULL AS streams, NULL AS popularity, NULL AS body, w.said, w.step, w.id
FROM was w ANTI JOIN documents d ON w.kind = d.kind AND w."key" = d."key"
UNION ALL
SELECT 'remove', kind, "key", NULL, NULL, NULL, old_said, step, old_id
FROM numbered WHERE old_id IS NOT NULL AND NOT (same AND stays)
UNION ALL
SELECT CASE WHEN same AND stays THEN 'touch' ELSE 'replace' END, kind, "key", streams, popularity, body, said, step, id
FROM numbered WHERE NOT (same AND stays) OR old_popularity <> popularity
ORDER BY op, id
