-- The evidence of one generation: what was delivered, and what each row said when. Statements have a table per
-- relation in the schema `statements` (see schema.ts). Numbers (feed_no, snapshot_no) are local to the file and follow
-- the loading order; they are never shown. Instants are UTC.

CREATE SCHEMA statements;

-- One row per fact about this file: the writer, sorted runs of tables (`runs:…`).
CREATE TABLE meta (name VARCHAR, value VARCHAR);

-- One row per feed: one provider's series of snapshots.
CREATE TABLE feeds (
  feed_no SMALLINT, feed VARCHAR, provider VARCHAR,
  by_unit BOOLEAN,            -- a later delivery replaces whole units (releases, registrations), not keys
  policy VARCHAR              -- late-rivals-refused, pro-rata: conflicts suppressed at the source (C-SNP-08)
);

-- One row per delivery.
CREATE TABLE snapshots (
  snapshot_no INTEGER, snapshot VARCHAR, feed_no SMALLINT, format VARCHAR,
  published TIMESTAMP, received TIMESTAMP, received_basis VARCHAR, sequence BIGINT,
  scope VARCHAR, end_dates VARCHAR, content_sha256 VARCHAR,
  spoken_first TIMESTAMP, spoken_last TIMESTAMP,  -- range of the instants at which its units were said (by_unit)
  partial BOOLEAN, late BOOLEAN, mapping VARCHAR, ingested_at TIMESTAMP, program VARCHAR
);

-- One row per relation that a delivery speaks about. `scope` is delta also where a full delivery was incomplete.
CREATE TABLE snapshot_relations (
  snapshot_no INTEGER, relation VARCHAR, scope VARCHAR, "rows" BIGINT,
  created BIGINT, updated BIGINT, deleted BIGINT, unchanged BIGINT, late BIGINT,
  equal_duplicates BIGINT, duplicate_keys BIGINT
);

-- One row per file of a delivery; lines = header + staged + rejected + continued + blank.
CREATE TABLE files (
  snapshot_no INTEGER, file_no INTEGER, name VARCHAR, sha256 VARCHAR, bytes BIGINT,
  lines BIGINT, header BIGINT, staged BIGINT, rejected BIGINT, continued BIGINT, blank BIGINT, partial BOOLEAN
);

-- One row per refused line.
CREATE TABLE rejects (
  snapshot_no INTEGER, file_no INTEGER, line BIGINT, reason VARCHAR, column_name VARCHAR, value VARCHAR, raw VARCHAR
);

-- One row per kind of remark about a delivery that cost no row, with its number of occurrences and first example.
CREATE TABLE findings (
  snapshot_no INTEGER, file_no INTEGER, code VARCHAR, relation VARCHAR, column_name VARCHAR,
  line BIGINT, value VARCHAR, occurrences BIGINT, message VARCHAR
);

-- One row per relation that has a table of statements; `spec` is the Relation as JSON.
CREATE TABLE relations (relation VARCHAR, spec VARCHAR);

-- One row per way to find a subject: key = hash(scheme, text…), see pointers.ts. Several equal rows may occur; whoever
-- follows one checks the text it finds.
CREATE TABLE pointers ("key" UBIGINT, subject UBIGINT, feed_no SMALLINT, relation VARCHAR);

-- One row per territory text and date piece in which it means one set of countries; atoms in the order of the model.
CREATE TABLE territory_sets (
  territories VARCHAR, valid_from DATE, valid_to DATE, atoms BIT, problems VARCHAR
);
