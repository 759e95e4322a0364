-- The identifiers of each subject: of several statements those of the one that stands, then of the latest that names any.
-- One row per subject of {view}; key: subject; no order. `codes`: in the order of the statement, null for none.
CREATE OR REPLACE TEMP TABLE {stated} AS
SELECT subject, feed, id, list_filter(string_split(newest.code, '|'), lambda one: one <> '') AS codes
FROM (
  SELECT subject, any_value(feed) AS feed, any_value({id}) AS id,
    max(struct_pack(stands := stands, has := {code} IS NOT NULL, known := known_from, code := {code})) AS newest
  FROM (SELECT *, {code} AS code FROM {view}) said
  GROUP BY subject
)
