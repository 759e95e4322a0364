-- Which document each subject belongs to: that of its identifiers, or, without one, its own; so each subject has one key
-- whatever the order of loading.
-- One row per subject of {view}; key: subject; no order.
CREATE OR REPLACE TEMP TABLE {keys} AS
SELECT s.subject, s.feed, s.id, coalesce(c."key", s.feed || chr(9) || s.id) AS "key"
FROM {stated} s LEFT JOIN {codes} c ON c.code = s.codes[1]
