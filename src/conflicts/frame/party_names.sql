-- One row per (feed, party_id) that was ever stated: its key across feeds, by the latest statement, and its name then. For parties that
-- may be known no more.
SELECT feed, party_id,
  coalesce('ipi ' || split_part(arg_max(ipi_name_number, known_from), '|', 1), 'isni ' || arg_max(isni, known_from), concat('local ', feed, ' ', party_id)) AS "key",
  arg_max(name, known_from) AS name
FROM said_parties GROUP BY feed, party_id
