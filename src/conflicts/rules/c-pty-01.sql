-- rule: C-PTY-01
-- name: Same party under several ids
-- severity: 3
-- kind: rows
-- reads: parties
-- magnitude: none
-- next: Decide whether they are one party.
-- One row per ISNI that goes with several IPI name numbers which share no base number; and per party without any identifier
-- whose name is that of one with an identifier, to the letter or with the given name cut to its first letter.
SELECT 'party' AS subject_kind, any_value(i.party) AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, [any_value(i.party)] AS parties,
  list_sort(list(DISTINCT concat('parties:', p.row_id))) AS refs, concat('one ISNI, several IPI name numbers: ', any_value(p.isni)) AS detail
FROM now_parties AS p JOIN party_identities AS i ON i.feed = p.feed AND i.id = p.party_id
WHERE p.isni IS NOT NULL AND p.ipi_name_number IS NOT NULL AND NOT contains(p.ipi_name_number, '|')
GROUP BY p.isni HAVING count(DISTINCT p.ipi_name_number) > 1 AND count(DISTINCT coalesce(p.ipi_base_number, p.ipi_name_number)) > 1
UNION ALL
SELECT 'party', n.party, NULL, NULL, NULL, NULL, NULL, NULL, NULL, [n.party],
  list_sort(list_distinct(flatten([n.refs, [arg_min(m.ref, m.row_id)]]))),
  CASE WHEN bool_or(m.plain = n.plain) THEN 'the same name' ELSE 'the same name, the given name cut' END
FROM (
  SELECT party, plain, initial, list(ref) AS refs FROM named_parties WHERE NOT has_identifier GROUP BY party, plain, initial
) AS n
JOIN named_parties AS m ON m.has_identifier AND m.initial = n.initial AND (m.plain = n.plain OR n.plain = n.initial) AND m.party <> n.party
GROUP BY n.party, n.plain, n.refs
