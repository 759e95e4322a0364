-- Recordings that are linked, in the cells of BWARM 2.0. `rows`: recordings of the delivery.
SELECT concat(substr(recording_id, 2), '-', $round) AS "#ResourceRecordId", 'SoundRecording' AS "ResourceType", isrc AS "ISRC",
  title AS "Title", NULL AS "LanguageAndScriptCode", version AS "SubTitle", artist AS "DisplayArtistName",
  NULL AS "DisplayArtistISNI", NULL AS "PLine", NULL AS "CLine",
  concat('PT', duration_ms // 1000, '.', substr((1000 + duration_ms % 1000)::VARCHAR, 2), 'S') AS "Duration",
  NULL AS "ReleaseRecordId", NULL AS "StudioProducerName", NULL AS "StudioProducerProprietaryId",
  NULL AS "OriginalDataProviderName", NULL AS "OriginalDataProviderDPID", NULL AS "IsDataProvidedAsReceived"
FROM rows WHERE NOT is_unmatched(substr(recording_id, 3)::BIGINT)
