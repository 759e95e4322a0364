-- One row per work that is asked about, with the number under which its cells are worked out; as in the licensing relation
-- of that name, but a work is a target by itself, whether any recording embodies it or not. `variants`: 2 where a share has
-- a partial date, which is then read twice (domain.md 1.5 rule 6), else 1.
SELECT NULL::VARCHAR AS recording, a.work, NULL::VARCHAR AS listed_recording,
  CASE WHEN coalesce(bool_or(f.is_partial), false) THEN 2 ELSE 1 END AS variants, row_number() OVER (ORDER BY a.work) AS target
FROM asked_works AS a LEFT JOIN work_facts AS f USING (work)
GROUP BY a.work
