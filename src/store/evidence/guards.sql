-- What guards know and concluded of the snapshots of a feed. Evidence of an older program has none of these tables until
-- something is ingested; readers ask `hasGuardTables` first.

-- One row per snapshot that was judged. `held`: in quarantine, hence not part of the history.
CREATE TABLE IF NOT EXISTS verdicts (
  snapshot_no INTEGER, verdict VARCHAR,   -- accept, warn, quarantine
  guards VARCHAR,                         -- warn, enforce: what its delivery asked for
  checks VARCHAR,                         -- its settings as JSON
  held BOOLEAN
);

-- One row per thing that a guard saw in a snapshot. `level`: remark, warn, quarantine.
CREATE TABLE IF NOT EXISTS guard_findings (
  snapshot_no INTEGER, position INTEGER, guard VARCHAR, level VARCHAR, relation VARCHAR,
  about VARCHAR,                          -- the column, owner or key that it is about
  seen VARCHAR, threshold VARCHAR,        -- in words
  rows_seen BIGINT, rows_base BIGINT,     -- the figures behind `seen`, where they are rows
  compared_with VARCHAR,                  -- id of the snapshot that it was compared with
  message VARCHAR, next VARCHAR,
  examples VARCHAR                        -- a JSON list of texts
);

-- One row per decision to take a snapshot in although it is in quarantine; nothing is ever removed from it.
CREATE TABLE IF NOT EXISTS overrides (
  snapshot VARCHAR, reason VARCHAR, given_by VARCHAR, recorded_at TIMESTAMP
);

-- One row per relation of a snapshot. `fingerprint`: the same for the same rows in any order, local to this file.
CREATE TABLE IF NOT EXISTS relation_facts (
  snapshot_no INTEGER, relation VARCHAR, "rows" BIGINT, withdrawn BIGINT, distinct_rows BIGINT, fingerprint VARCHAR,
  repeated_keys BIGINT, rows_on_key BIGINT, widest_key VARCHAR, widest_lines VARCHAR,
  compared_with VARCHAR, created BIGINT, updated BIGINT, deleted BIGINT   -- against the snapshot it was judged by
);

-- One row per column of a relation of a snapshot: how many rows have no value, and about how many values there are.
CREATE TABLE IF NOT EXISTS column_facts (
  snapshot_no INTEGER, relation VARCHAR, column_name VARCHAR, nulls BIGINT, different BIGINT
);

-- One row per file of a snapshot that has named columns: their names as they stand in it.
CREATE TABLE IF NOT EXISTS file_columns (
  snapshot_no INTEGER, file_no INTEGER, relation VARCHAR, names VARCHAR[]
);
