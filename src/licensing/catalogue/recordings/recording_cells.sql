-- One row per (recording, cell) that is asked about: the days on which a fact of the recording begins or ends, or the degree of
-- one of its works changes there, in order.
SELECT a.thing, c.cell, list_sort(list_distinct(list_concat(any_value(a.own_dates), coalesce(flatten(list([s."from", s."to"])), [])))) AS dates
FROM asked_shapes AS a
JOIN profiles AS p ON p.thing = a.thing
JOIN profile_cells AS c ON c.profile = p.profile
LEFT JOIN work_stretches AS s ON s.recording = a.thing AND s.cell = c.cell
GROUP BY a.thing, c.cell
