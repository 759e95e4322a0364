-- Recordings that nobody has matched, in the cells of BWARM 2.0. `rows`: recordings of the delivery.
SELECT concat(substr(recording_id, 2), '-', $round) AS "#UnmatchedResourceRecordId", 'SoundRecording' AS "ResourceType", isrc AS "ISRC",
  service_id(substr(recording_id, 3)) AS "DspResourceId", title AS "ResourceTitle", NULL AS "LanguageAndScriptCode",
  version AS "ResourceSubTitle", NULL AS "AlternativeResourceTitle", artist AS "DisplayArtistName", NULL AS "DisplayArtistISNI",
  concat('PT', duration_ms // 1000, '.', substr((1000 + duration_ms % 1000)::VARCHAR, 2), 'S') AS "Duration",
  NULL AS "ReleaseRecordId", NULL AS "OriginalDataProviderName", NULL AS "OriginalDataProviderDPID", NULL AS "IsDataProvidedAsReceived"
FROM rows WHERE is_unmatched(substr(recording_id, 3)::BIGINT)
