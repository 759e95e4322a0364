-- One row per (picture, right) of this part, in the manner of work_shapes.sql: pictures with one number have the same
-- degrees between the same places of their `dates`. `own_dates`, those of its facts but for what is inside its works;
-- `territories`, all texts. `salts` as in work_shapes.sql.
WITH said AS (
  SELECT f.recording, f."right", f.target, list_sort(list(hash(f.content, list_position(d.dates, f.from_first),
    list_position(d.dates, f.from_last), list_position(d.dates, f.to_first), list_position(d.dates, f.to_last),
    list_transform(f.changes, lambda day: list_position(d.dates, day))))) AS facts
  FROM picture_facts AS f LEFT JOIN picture_dates AS d ON d.recording = f.recording AND d."right" = f."right"
  GROUP BY f.recording, f."right", f.target
),
works AS (
  SELECT recording, "right", list_sort(list(hash(target IS NULL, facts))) AS works FROM said GROUP BY recording, "right"
),
turning AS (
  SELECT p.recording, p."right", list_sort(list(hash(t.territories, list_transform(t.dates, lambda day: list_position(d.dates, day)))))
    AS places
  FROM picture_texts AS p JOIN texts AS t ON t.territories = p.territories
  JOIN picture_dates AS d ON d.recording = p.recording AND d."right" = p."right"
  WHERE t.dates IS NOT NULL GROUP BY p.recording, p."right"
),
named AS (
  SELECT recording, "right", list_sort(list(territories)) AS territories FROM picture_texts GROUP BY recording, "right"
),
reached AS (
  SELECT p.recording, p."right", w.works, t.places, d.dates, d.own_dates, n.territories, o.content,
    list_transform(o.dates, lambda day: list_position(d.dates, day)) AS open_places
  FROM (SELECT DISTINCT picture AS recording, "right" FROM part_pictures) AS p
  LEFT JOIN works AS w ON w.recording = p.recording AND w."right" = p."right"
  LEFT JOIN turning AS t ON t.recording = p.recording AND t."right" = p."right"
  LEFT JOIN picture_dates AS d ON d.recording = p.recording AND d."right" = p."right"
  LEFT JOIN named AS n ON n.recording = p.recording AND n."right" = p."right"
  LEFT JOIN open_facts AS o ON o."right" = p."right"
)
SELECT p.recording, p."right", hash(r.salt, p."right", p.works, p.places, p.content, p.open_places) AS high,
  hash(1, p.open_places, p.content, p.places, p.works, p."right", r.salt) AS low, coalesce(p.dates, []) AS dates,
  coalesce(p.own_dates, []) AS own_dates, coalesce(p.territories, []) AS territories
FROM reached AS p JOIN salts AS r ON r."right" = p."right"
