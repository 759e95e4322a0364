-- rule: C-ID-04
-- name: Malformed identifier or failed check digit
-- severity: 4
-- kind: rows
-- reads: any
-- magnitude: none
-- next: Keep the text as given; nothing is joined on it. Ask the provider for the right one.
-- One row per statement with an ISRC, ISWC, IPI or ISNI of which any part fails its check.
SELECT 'recording' AS subject_kind, i.recording AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties, [concat('recordings:', r.row_id)] AS refs,
  concat_ws(', ', 'ISRC ' || r.isrc_given, 'UPC ' || r.upc_given) AS detail
FROM now_recordings AS r JOIN recording_identities AS i ON i.feed = r.feed AND i.id = r.recording_id
WHERE r.isrc_given IS NOT NULL OR r.upc_given IS NOT NULL
UNION ALL
SELECT 'work', i.work, NULL, NULL, NULL, NULL, NULL, NULL, NULL, []::VARCHAR[], [concat('works:', n.row_id)], 'ISWC ' || n.iswc_given
FROM now_works AS n JOIN work_identities AS i ON i.feed = n.feed AND i.id = n.work_id
WHERE n.iswc_given IS NOT NULL
UNION ALL
SELECT 'party', i.party, NULL, NULL, NULL, NULL, NULL, NULL, NULL, [i.party], [concat('parties:', p.row_id)],
  concat_ws(', ', 'IPI name number ' || p.ipi_name_number_given, 'IPI base number ' || p.ipi_base_number_given, 'ISNI ' || p.isni_given)
FROM now_parties AS p JOIN party_identities AS i ON i.feed = p.feed AND i.id = p.party_id
WHERE p.ipi_name_number_given IS NOT NULL OR p.ipi_base_number_given IS NOT NULL OR p.isni_given IS NOT NULL
