-- One row per (feed, relation): when the feed's first delivery that speaks of the relation was received.
SELECT s.feed_no AS feed, r.relation, min(s.received) AS received
FROM snapshots AS s JOIN snapshot_relations AS r USING (snapshot_no) GROUP BY s.feed_no, r.relation
