-- What providers say or said of one relation, without what arrived too late to be believed at any time.
-- One row per statement; key: none; no order. `stands`: still said. {relation} is the quoted name of the relation.
CREATE OR REPLACE TEMP VIEW {view} AS
SELECT r.*, f.feed, r.known_to IS NULL AS stands
FROM statements.{relation} r JOIN feeds f ON f.feed_no = r.feed_no
WHERE r.known_to IS NULL OR r.known_to > r.known_from
