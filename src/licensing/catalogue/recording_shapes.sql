-- One row per (picture, right) of this part, in the manner of work_shapes.sql: pictures with one number have the same
-- degrees between the same places of their `dates`. `own_dates`, those of its facts but for what is inside its works;
-- `territories`, all texts. `salts` as in work_shapes.sql.
WITH pictures AS (
  SELECT DISTINCT picture AS recording, "right" FROM part_pictures
),
facts AS MATERIALIZED (
  SELECT f.recording, f."right", f.target, f.content, [f.from_first, f.from_last, f.to_first, f.to_last] AS dates,
    CASE WHEN f.territories IS NULL THEN [] ELSE [f.territories] END AS territories, c.changes AS inner_dates,
    c.territories AS inner_territories
  FROM recording_facts AS f JOIN pictures USING (recording, "right")
  LEFT JOIN work_changes AS c ON c.target = f.target AND c."right" = f."right"
  UNION ALL
  SELECT p.recording, p."right", NULL, hash(t.content, t.territories), t.dates, t.territories, NULL, NULL
  FROM pictures AS p JOIN open_terms AS t USING ("right")
  WHERE t."right" = 'master' OR t.coverage = 'whole-right'
  UNION ALL
  SELECT recording, "right", NULL, hash('recording'), NULL, NULL, NULL, NULL FROM pictures
),
dated AS (
  SELECT recording, "right", list_sort(list_distinct(flatten(list(own)))) AS own_dates,
    list_sort(list_distinct(list_concat(flatten(list(own)), flatten(list(inner_dates))))) AS dates
  FROM (
    SELECT recording, "right", coalesce(dates, []) AS own, coalesce(inner_dates, []) AS inner_dates FROM facts
    UNION ALL
    SELECT f.recording, f."right", d.dates, [] FROM (
      SELECT DISTINCT recording, "right", unnest(territories) AS territories FROM facts
    ) AS f JOIN texts AS d USING (territories) WHERE d.dates IS NOT NULL
  ) AS each
  GROUP BY recording, "right"
),
said AS (
  SELECT f.recording, f."right", f.target, list_sort(list(hash(f.content,
    list_transform(f.dates, lambda day: list_position(d.dates, day)),
    list_transform(f.inner_dates, lambda day: list_position(d.dates, day))))) AS facts,
    flatten(list(list_concat(coalesce(f.territories, []), coalesce(f.inner_territories, [])))) AS territories
  FROM facts AS f JOIN dated AS d USING (recording, "right")
  GROUP BY f.recording, f."right", f.target
),
turning AS (
  SELECT f.recording, f."right", list_sort(list(hash(f.territories,
    list_transform(t.dates, lambda day: list_position(d.dates, day))))) AS places
  FROM (SELECT DISTINCT recording, "right", unnest(territories) AS territories FROM facts) AS f
  JOIN texts AS t USING (territories)
  JOIN dated AS d USING (recording, "right")
  WHERE t.dates IS NOT NULL
  GROUP BY f.recording, f."right"
)
SELECT p.recording, p."right", hash(r.salt, s."right", s.works, t.places) AS high,
  hash(1, t.places, s.works, s."right", r.salt) AS low, d.dates, d.own_dates, s.territories
FROM pictures AS p
JOIN (
  SELECT recording, "right", list_sort(list(hash(target IS NULL, facts))) AS works,
    list_sort(list_distinct(flatten(list(territories)))) AS territories
  FROM said GROUP BY recording, "right"
) AS s ON s.recording = p.recording AND s."right" = p."right"
JOIN dated AS d ON d.recording = p.recording AND d."right" = p."right"
JOIN salts AS r ON r."right" = p."right"
LEFT JOIN turning AS t ON t.recording = p.recording AND t."right" = p."right"
