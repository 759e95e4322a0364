-- rule: C-PTY-02
-- name: One id on several parties
-- severity: 2
-- kind: rows
-- reads: parties
-- magnitude: none
-- next: Split them by a decision.
-- One row per IPI name number whose names are unlike: no word in common, and far apart as a whole.
WITH numbered AS (
  SELECT unnest(string_split(p.ipi_name_number, '|')) AS ipi, p.feed, p.party_id, p.row_id, t.plain
  FROM now_parties AS p JOIN plain_texts AS t ON t.given = p.name
  WHERE p.ipi_name_number IS NOT NULL AND t.plain <> ''
),
compared AS (
  SELECT *, first_value(plain) OVER (PARTITION BY ipi ORDER BY plain, feed, party_id) AS first_name FROM numbered
  WHERE ipi IN (SELECT ipi FROM numbered GROUP BY ipi HAVING count(DISTINCT plain) > 1)
)
SELECT 'party' AS subject_kind, any_value(i.party) AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, [any_value(i.party)] AS parties,
  list_sort(list(DISTINCT concat('parties:', c.row_id))) AS refs, concat('IPI ', c.ipi) AS detail
FROM compared AS c JOIN party_identities AS i ON i.feed = c.feed AND i.id = c.party_id
GROUP BY c.ipi
HAVING bool_or(NOT list_has_any(string_split(c.plain, ' '), string_split(c.first_name, ' ')) AND jaro_winkler_similarity(c.plain, c.first_name) < 0.8)
