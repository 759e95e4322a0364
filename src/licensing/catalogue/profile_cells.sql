-- One row per (profile, cell): a largest set of atomic territories that no text of the profile tells apart at any time,
-- as bits in the order of the model, and its first atom, which stands for it.
WITH texts AS (
  SELECT DISTINCT profile, unnest(string_split(profile, ';')) AS territories FROM profiles
),
pieces AS (
  SELECT t.profile, s.territories, s.valid_from, s.atoms FROM texts AS t JOIN territory_sets AS s ON s.territories = t.territories
),
signed AS (
  SELECT p.profile, a.atom, coalesce(string_agg(CAST(get_bit(q.atoms, a.atom) AS VARCHAR), '' ORDER BY q.territories, q.valid_from), '')
    AS signature
  FROM (SELECT DISTINCT profile FROM profiles) AS p
  CROSS JOIN (SELECT CAST(range AS INTEGER) AS atom FROM range((SELECT count FROM atoms))) AS a
  LEFT JOIN pieces AS q ON q.profile = p.profile
  GROUP BY p.profile, a.atom
)
SELECT profile, CAST(min(atom) AS INTEGER) AS cell, list(atom ORDER BY atom) AS members
FROM signed GROUP BY profile, signature
