-- Which document each identifier belongs to: the same valid identifier means the same thing in every feed (contract 1), and
-- the identifiers of one subject mean one thing, named by the smallest of all that are connected so, as in
-- licensing/sql/identities.sql. Each round hands the smaller name on, until none changes.
-- One row per identifier; key: code; no order.
CREATE OR REPLACE TEMP TABLE {codes} AS
WITH RECURSIVE several AS (
  SELECT subject, unnest(codes) AS code FROM {stated} WHERE len(codes) > 1
), named(code, name) USING KEY (code) AS (
  SELECT DISTINCT code, code FROM several
  UNION
  SELECT theirs.code, min(n.name)
  FROM named AS n
  JOIN several AS ours ON ours.code = n.code
  JOIN several AS theirs ON theirs.subject = ours.subject
  JOIN recurring.named AS current ON current.code = theirs.code
  WHERE n.name < current.name
  GROUP BY theirs.code
)
SELECT s.code, any_value(coalesce(n.name, s.code)) AS "key"
FROM (SELECT unnest(codes) AS code FROM {stated}) s LEFT JOIN named n ON n.code = s.code
GROUP BY s.code
