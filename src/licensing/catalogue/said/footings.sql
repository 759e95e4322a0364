-- One row per footing, with a number: many claimants are on one. Columns as in claimant_footings.sql.
SELECT row_number() OVER () AS footing, is_group, comparable, terms
FROM (SELECT DISTINCT is_group, comparable, terms FROM claimant_footings) AS each
