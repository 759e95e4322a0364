-- One row per (profile, set of cells) of what was placed: the countries in them, which say the same and are one set.
SELECT u.profile, u.cells, list_sort(flatten(list(c.members))) AS territories
FROM (SELECT profile, cells, unnest(cells) AS cell FROM (SELECT DISTINCT profile, cells FROM placed) AS each) AS u
JOIN profile_cells AS c ON c.profile = u.profile AND c.cell = u.cell
GROUP BY u.profile, u.cells
