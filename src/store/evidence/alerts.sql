-- One row per alert that an ingest raised or kept back for a snapshot: what was told, by which rule, for which reasons.
-- Appended to, never changed. `subject` and `identity` are JSON lists of texts: what the alert is about, and what makes two
-- alerts the same. `place` is the order within the snapshot.
CREATE TABLE IF NOT EXISTS alerts (
  snapshot_no INTEGER, relation VARCHAR, place BIGINT, state VARCHAR, rule VARCHAR, title VARCHAR, severity VARCHAR,
  owner VARCHAR, op VARCHAR, "key" VARCHAR, "group" VARCHAR, message VARCHAR, because VARCHAR, route VARCHAR,
  by_rule VARCHAR, by_subject VARCHAR, by_received VARCHAR, subject VARCHAR, identity VARCHAR,
  rules VARCHAR, rules_sha256 VARCHAR, line BIGINT
);
