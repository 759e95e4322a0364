-- The sender's own numbers of works in the cells of BWARM 2.0: they are the same in every delivery. `rows`: works.
SELECT concat('N', substr(work_id, 2), '-', $round) AS "#MusicalWorkIdentifierRecordId",
  concat(substr(work_id, 2), '-', $round) AS "MusicalWorkRecordId", work_id AS "ProprietaryId",
  concat('SENDER-', $round) AS "AllocatingPartyRecordId"
FROM rows
