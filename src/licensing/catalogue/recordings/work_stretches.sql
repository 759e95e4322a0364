-- One row per (recording, cell, target, segment): the degree of a work that the recording embodies by any reading, in one
-- of the recording's cells. Half-open days, NULL where open.
SELECT t.recording, c.cell, t.target, d."right", w.dates[d."from"] AS "from", w.dates[d."to"] AS "to", d.reason, d.licensed, d.exempt,
  d.unlicensed, d.unknown, d.disputed, d.cleared, d.at_most
FROM targets AS t
JOIN profiles AS p ON p.thing = t.recording
JOIN work_shapes AS w ON w.target = t.target AND w."right" IN (SELECT "right" FROM asked_rights)
JOIN derived.work_segments AS d ON d.high = w.high AND d.low = w.low AND d."right" = w."right"
JOIN profile_cells AS c ON c.profile = p.profile
JOIN set_countries AS s ON s.country_set = d.country_set AND s.atom = c.cell
