-- Who is represented by a society, in the service's feed: every writer and publisher for performing rights; for mechanical
-- rights the writers, and the publishers without a licence of their own. Key: all columns but valid_to. Parties that the
-- feed does not list are named by their IPI.
WITH parties AS (
  SELECT range AS n, true AS is_writer FROM range(writers())
  UNION ALL
  SELECT range, false FROM range(publishers())
),
represented AS (
  SELECT *, unnest(CASE WHEN is_writer OR (n < licensed_publishers() AND NOT is_directly_licensed(n)) THEN ['mech', 'perf'] ELSE ['perf'] END) AS "right"
  FROM parties
)
SELECT 0 AS since, NULL::BIGINT AS until, false AS is_revised, false AS is_cuttable,
  CASE WHEN is_writer THEN ipi_text(writer_number(n)) ELSE local_id($feed, 'P', n) END AS party_id,
  local_id($feed, 'C', below(n * 2 + is_writer::BIGINT, 78, societies())) AS licensor_party_id,
  "right", 'WORLD' AS territories, '2010-01-01' AS valid_from, NULL::VARCHAR AS valid_to
FROM represented
