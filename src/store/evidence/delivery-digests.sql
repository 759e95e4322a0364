-- One row per snapshot: the digest of all that made it of its delivery, files and settings, when it was last ingested.
-- Evidence of an older program does not have this table until something is ingested.
CREATE TABLE IF NOT EXISTS delivery_digests (snapshot_no INTEGER, digest VARCHAR);
