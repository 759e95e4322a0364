-- One row per (profile, cell): a largest set of atomic territories that no text of the profile tells apart at any time,
-- as numbers in the order of the model, and its first atom, which stands for it.
WITH used AS (
  SELECT profile, any_value(texts) AS texts FROM profiles GROUP BY profile
),
covered AS (
  SELECT n.profile, a.atom, list_sort(list(a.piece)) AS pieces
  FROM (SELECT profile, unnest(texts) AS territories FROM used) AS n
  JOIN territory_atoms AS a ON a.territories = n.territories
  GROUP BY n.profile, a.atom
)
SELECT u.profile, CAST(min(a.atom) AS INTEGER) AS cell, list_sort(list(a.atom)) AS members
FROM used AS u CROSS JOIN atoms AS a LEFT JOIN covered AS c ON c.profile = u.profile AND c.atom = a.atom
GROUP BY u.profile, coalesce(c.pieces, [])
