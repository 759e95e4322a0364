-- One row per (cell, footing) of the claimants of this part: `content`, a number for its terms that reach the cell at any time, in
-- which a date stands as its place in `dates`, all of theirs, in order; `texts`: their territories.
WITH met AS (
  SELECT p.cell, p.footing, hash(t.content, l.meaning, m.meaning) AS content, t.dates, t.texts
  FROM (
    SELECT u.cell, u.footing, unnest(c.terms) AS term
    FROM (SELECT DISTINCT cell, footing FROM work_parties) AS u JOIN footings AS c ON c.footing = u.footing
  ) AS p
  JOIN terms AS t ON t.term = p.term
  JOIN text_meanings AS l ON l.place = p.cell * 4294967296 + t.texts[1]
  JOIN text_meanings AS m ON m.place = p.cell * 4294967296 + t.texts[2]
),
dated AS (
  SELECT cell, footing, list_sort(list_distinct(flatten(list(dates)))) AS dates, list_distinct(flatten(list(texts))) AS texts
  FROM met GROUP BY cell, footing
),
told AS (
  SELECT m.cell, m.footing, list_sort(list(hash(m.content, list_transform(m.dates, lambda day: list_position(d.dates, day))))) AS terms
  FROM met AS m JOIN dated AS d ON d.cell = m.cell AND d.footing = m.footing
  GROUP BY m.cell, m.footing
)
SELECT u.cell, u.footing, hash(c.is_group, c.comparable, t.terms) AS content, coalesce(d.dates, []) AS dates, coalesce(d.texts, []) AS texts
FROM (SELECT DISTINCT cell, footing FROM work_parties) AS u
JOIN footings AS c ON c.footing = u.footing
LEFT JOIN dated AS d ON d.cell = u.cell AND d.footing = u.footing
LEFT JOIN told AS t ON t.cell = u.cell AND t.footing = u.footing
