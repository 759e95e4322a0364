-- Works in the cells of BWARM 2.0. `rows`: works of the delivery.
SELECT concat(substr(work_id, 2), '-', $round) AS "#MusicalWorkRecordId", iswc AS "ISWC", title AS "MusicalWorkTitle",
  NULL AS "LanguageAndScriptCode", NULL AS "OpusNumber", NULL AS "ComposerCatalogNumber", NULL AS "NominalDuration",
  'false' AS "HasRightShareInDispute", NULL AS "TerritoryOfPublicDomain", 'false' AS "IsArrangementOfTraditionalWork",
  NULL AS "AlternativeMusicalWorkIdForUsStatutoryReversion", NULL AS "UsStatutoryReversionDate", 'false' AS "IsCompositeMusicalWork"
FROM rows
