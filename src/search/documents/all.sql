-- All documents with the number under which an index keeps them: kind, then popularity in steps of the square root of
-- two (the most popular first), then the place within the step. A document keeps its number as long as its step.
-- One row per document; key: kind, "key"; no order. `said`: hash of all that is found and shown.
CREATE OR REPLACE TEMP TABLE documents AS
SELECT kind, "key", streams, popularity, body, hash(body) AS said,
  (kind::BIGINT << 42) + ((63 - least(63, floor(2 * log2(1 + popularity))::BIGINT)) << 36) AS step
FROM (
  SELECT * FROM recording_documents UNION ALL SELECT * FROM work_documents UNION ALL SELECT * FROM party_documents
)
