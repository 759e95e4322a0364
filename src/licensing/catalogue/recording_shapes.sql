-- One row per (recording, cell, right) of this part, in the manner of work_shapes.sql: recordings with one number have the
-- same degrees between the same places of their `dates`. `salts` holds what is the same for all: the rules themselves, and
-- whether licence data for the right had been received.
WITH dated AS (
  SELECT recording, cell, "right", list_sort(list_distinct(flatten(list(dates)))) AS dates,
    list_sort(list_distinct(flatten(list(territories)))) AS territories
  FROM (
    SELECT recording, cell, "right", list_concat(coalesce(dates, []), inner_dates) AS dates, territories FROM recording_facts
    UNION ALL
    SELECT f.recording, f.cell, f."right", d.dates, [] FROM (
      SELECT DISTINCT recording, cell, "right", unnest(territories) AS territories FROM recording_facts
    ) AS f JOIN dated_territories AS d USING (territories)
  ) AS each
  GROUP BY recording, cell, "right"
),
said AS (
  SELECT f.recording, f.cell, f."right", f.work, list_sort(list(hash(f.content,
    list_transform(f.dates, lambda day: list_position(d.dates, day)),
    list_transform(f.inner_dates, lambda day: list_position(d.dates, day))))) AS facts
  FROM recording_facts AS f JOIN dated AS d USING (recording, cell, "right")
  GROUP BY f.recording, f.cell, f."right", f.work
),
turning AS (
  SELECT f.recording, f.cell, f."right", list_sort(list(hash(f.territories,
    list_transform(t.dates, lambda day: list_position(d.dates, day))))) AS places
  FROM (SELECT DISTINCT recording, cell, "right", unnest(territories) AS territories FROM recording_facts) AS f
  JOIN dated_territories AS t USING (territories)
  JOIN dated AS d USING (recording, cell, "right")
  GROUP BY f.recording, f.cell, f."right"
)
SELECT s.recording, s.cell, s."right",
  hash(r.salt, s."right", s.works, t.places) AS high, hash(1, t.places, s.works, s."right", r.salt) AS low,
  d.dates, d.territories
FROM (
  SELECT recording, cell, "right", list_sort(list(hash(work IS NULL, facts))) AS works FROM said GROUP BY recording, cell, "right"
) AS s
JOIN dated AS d USING (recording, cell, "right")
JOIN salts AS r USING ("right")
LEFT JOIN turning AS t USING (recording, cell, "right")
