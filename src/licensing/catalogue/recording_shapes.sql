-- One row per (recording, right) of this part, in the manner of work_shapes.sql: recordings with one number have the same
-- degrees between the same places of their `dates`. `own_dates`, those of its facts but for what is inside its works;
-- `territories`, all texts. `salts` as in work_shapes.sql.
-- The shape is found for one recording of each picture.
WITH pictures AS (
  SELECT high, low, "right", min(recording) AS recording FROM recording_pictures GROUP BY high, low, "right"
),
facts AS MATERIALIZED (
  SELECT f.* EXCLUDE (picture), c.changes AS inner_dates, c.territories AS inner_territories
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
SELECT q.recording, q."right", hash(r.salt, s."right", s.works, t.places) AS high,
  hash(1, t.places, s.works, s."right", r.salt) AS low, d.dates, d.own_dates, s.territories
FROM recording_pictures AS q
JOIN pictures AS p USING (high, low, "right")
JOIN (
  SELECT recording, "right", list_sort(list(hash(target IS NULL, facts))) AS works,
    list_sort(list_distinct(flatten(list(territories)))) AS territories
  FROM said GROUP BY recording, "right"
) AS s ON s.recording = p.recording AND s."right" = p."right"
JOIN dated AS d ON d.recording = p.recording AND d."right" = p."right"
JOIN salts AS r ON r."right" = p."right"
LEFT JOIN turning AS t ON t.recording = p.recording AND t."right" = p."right"
