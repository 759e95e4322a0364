-- How mechanical and performing rights weigh in a stream, in the service's feed: one row per territory text and time. Key:
-- territories, valid_from. Half each in most of Europe, three quarters mechanical in the English-speaking world.
SELECT 0 AS since, NULL::BIGINT AS until, false AS is_revised, false AS is_cuttable, territories, mech, perf, valid_from, valid_to
FROM (VALUES
  ('DE|AT|FR|IT|ES|NL|BE|SE|DK|FI|PL', 0.5, 0.5, '2010-01-01', '2016-01-01'),
  ('DE|AT|FR|IT|ES|NL|BE|SE|DK|FI|PL', 0.6, 0.4, '2016-01-01', NULL),
  ('GB|IE', 0.75, 0.25, '2010-01-01', NULL),
  ('US|CA', 0.75, 0.25, '2010-01-01', NULL)
) AS weights(territories, mech, perf, valid_from, valid_to)
WHERE feed_kinds()[1 + $feed] = 1
