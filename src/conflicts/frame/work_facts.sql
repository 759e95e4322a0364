-- One row per (work, share row) of the works that are asked about: where and when it may hold. Its dates and territories are
-- where the work's cells are cut; licences play no part in who claims what.
SELECT w.work, s.row_id, s.territories, s.from_first, s.from_last, s.to_first, s.to_last,
  coalesce(s.from_first <> s.from_last OR s.to_first IS DISTINCT FROM s.to_last, false) AS is_partial
FROM asked_works AS a
JOIN work_identities AS w ON w.work = a.work
JOIN known_shares AS s ON s.feed = w.feed AND s.work_id = w.id
