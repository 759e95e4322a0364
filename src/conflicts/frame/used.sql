-- One row per use that any usage names, lower case.
SELECT DISTINCT lower(trim("use")) AS "use" FROM uses WHERE "use" IS NOT NULL
