-- Which document each subject belongs to: the same valid identifier means the same thing in every feed (contract 1), and
-- a subject without one stands for itself. Of several identifiers the first counts, of several statements the one that
-- stands, then the latest; so each subject has one key whatever the order of loading.
-- One row per subject of {view}; key: subject; no order.
CREATE OR REPLACE TEMP TABLE {keys} AS
SELECT subject, feed, id, coalesce(newest.code, feed || chr(9) || id) AS "key"
FROM (
  SELECT subject, any_value(feed) AS feed, any_value({id}) AS id,
    max(struct_pack(stands := stands, has := {code} IS NOT NULL, known := known_from, code := {code})) AS newest
  FROM (SELECT *, {code} AS code FROM {view}) said
  GROUP BY subject
)
