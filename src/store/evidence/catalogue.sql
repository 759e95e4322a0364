-- What every question starts from: the small tables of the evidence, read in one go.
-- One row per snapshot, feed, relation, speaker or file; key: what, number, part, name. No order: whoever reads sorts.
--   snapshot   number, name (id), received, published
--   feed       number, name
--   relation   name, text (the Relation as JSON)
--   speaker    number (of a feed), name (of a relation that it delivered)
--   file       number (of the snapshot), part (file_no), name, text (sha256); one more than 200 of them stand for many
SELECT 'snapshot' AS what, snapshot_no AS number, NULL AS part, snapshot AS name, NULL AS text, received, published
FROM snapshots
UNION ALL
SELECT 'feed', feed_no, NULL, feed, NULL, NULL, NULL FROM feeds
UNION ALL
SELECT 'relation', NULL, NULL, relation, spec, NULL, NULL FROM relations
UNION ALL
SELECT DISTINCT 'speaker', feed_no, NULL, relation, NULL, NULL, NULL FROM snapshot_relations JOIN snapshots USING (snapshot_no)
UNION ALL
SELECT 'file', snapshot_no, file_no, name, sha256, NULL, NULL FROM (SELECT * FROM files LIMIT 201)
