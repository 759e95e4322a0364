-- One row per term that reaches any claimant, with a number. Columns as in claimant_terms.sql.
SELECT row_number() OVER () AS term, content, dates, texts FROM (SELECT DISTINCT content, dates, texts FROM claimant_terms) AS each
