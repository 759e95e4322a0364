-- Parties in the cells of BWARM 2.0, the sender first. `rows`: parties of the delivery. Record ids hold for one delivery only.
SELECT concat('SENDER-', $round) AS "#PartyRecordId", NULL AS "ISNI", NULL AS "IpiNameNumber", NULL AS "CisacSocietyId",
  $dpid AS "DPID", $sender AS "FullName", NULL AS "NamesBeforeKeyName", NULL AS "KeyName", NULL AS "NamesAfterKeyName",
  NULL AS "ContactName", NULL AS "EmailAddress", NULL AS "PhoneNumber", NULL AS "PostalAddress",
  NULL AS "ContactInformationMayNotBeValid"
UNION ALL
SELECT concat(substr(party_id, 2), '-', $round), isni, ipi_name_number, NULL, NULL, name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM rows
