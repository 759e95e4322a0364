-- The list of documents that belongs to an index, for whoever brings it up to date later.
-- One row per document; key: kind, "key"; no order. $changes: what was applied; $before: the list before, or $changes.
SELECT d.kind, d."key", coalesce(c.id, w.id) AS id, d.step, d.said, d.popularity
FROM documents d
LEFT JOIN (SELECT kind, "key", id FROM read_parquet($changes) WHERE op <> 'remove') c
  ON c.kind = d.kind AND c."key" = d."key"
LEFT JOIN (SELECT kind, "key", id FROM read_parquet($before)) w ON w.kind = d.kind AND w."key" = d."key"
