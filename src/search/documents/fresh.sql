-- What an index that is made anew takes in: every document, numbered from the most popular on.
-- One row per document; key: id; in the order of the numbers.
SELECT 'add' AS op, kind, "key", streams, popularity, body, said, step,
  step + row_number() OVER (PARTITION BY step ORDER BY popularity DESC, "key") AS id
FROM documents
ORDER BY id
