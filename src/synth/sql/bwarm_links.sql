-- Links in the cells of BWARM 2.0, which have no weights. `rows`: links of the delivery.
SELECT concat('L', row_number() OVER (), '-', $round) AS "#WorkResourceLinkRecordId",
  concat(substr(work_id, 2), '-', $round) AS "MusicalWorkRecordId", concat(substr(recording_id, 2), '-', $round) AS "ResourceRecordId"
FROM rows
