-- One row per party row with its name in plain words, the same with the given name (all words but the last) cut to first letters,
-- and whether it has an identifier.
SELECT i.party, concat('parties:', p.row_id) AS ref, p.row_id, t.plain,
  concat_ws(' ', nullif(array_to_string(list_transform(list_slice(string_split(t.plain, ' '), 1, -2), word -> word[1]), ' '), ''),
    list_last(string_split(t.plain, ' '))) AS initial,
  p.ipi_name_number IS NOT NULL OR p.ipi_base_number IS NOT NULL OR p.isni IS NOT NULL AS has_identifier
FROM now_parties AS p
JOIN plain_texts AS t ON t.given = p.name
JOIN party_identities AS i ON i.feed = p.feed AND i.id = p.party_id
WHERE t.plain <> ''
