-- Right shares in the cells of BWARM 2.0. End dates are the last day. `rows`: shares of the delivery.
SELECT concat('S', row_number() OVER (), '-', $round) AS "#MusicalWorkRightShareRecordId",
  concat(substr(work_id, 2), '-', $round) AS "MusicalWorkRecordId", 
  CASE WHEN party_id IS NOT NULL THEN concat(substr(party_id, 2), '-', $round) END AS "PartyRecordId",
  CASE "role" WHEN 'writer' THEN 'ComposerLyricist' WHEN 'publisher' THEN 'OriginalPublisher'
    WHEN 'administrator' THEN 'RightsAdministrator' END AS "PartyRole",
  share AS "RightSharePercentage",
  CASE WHEN party_id IS NULL THEN 'CopyrightControlShare' WHEN share_kind = 'manuscript' THEN 'MusicalWorkManuscriptShare'
    ELSE 'MusicalWorkCollectionShare' END AS "RightShareType",
  'MechanicalRight' AS "RightsType", valid_from AS "ValidityStartDate",
  (valid_to::DATE - 1)::VARCHAR AS "ValidityEndDate", NULL AS "PrecedingMusicalWorkRightShareRecordId",
  territories AS "TerritoryCode", NULL AS "UseType"
FROM rows
