-- One row per (profile, cell): a largest set of atomic territories that no text of the profile tells apart at any time,
-- with its first atom, which stands for it, and `atoms`, all of it as bits in the order of the model.
WITH texts AS (
  SELECT DISTINCT profile, unnest(string_split(profile, ';')) AS territories FROM work_profiles
),
pieces AS (
  SELECT t.profile, s.territories, s.valid_from, s.atoms FROM texts AS t JOIN territory_sets AS s ON s.territories = t.territories
),
signed AS (
  SELECT p.profile, a.atom, coalesce(string_agg(CAST(get_bit(q.atoms, a.atom) AS VARCHAR), '' ORDER BY q.territories, q.valid_from), '')
    AS signature
  FROM (SELECT DISTINCT profile FROM work_profiles) AS p
  CROSS JOIN atom_codes AS a
  LEFT JOIN pieces AS q ON q.profile = p.profile
  GROUP BY p.profile, a.atom
)
SELECT profile, CAST(min(atom) AS INTEGER) AS cell,
  bit_or(set_bit(bitstring('0', CAST((SELECT count FROM atoms) AS INTEGER)), atom, 1)) AS atoms
FROM signed GROUP BY profile, signature
