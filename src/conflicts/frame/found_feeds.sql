-- One row per (finding, feed): the feeds of whose rows any takes part in the finding.
WITH refs AS (
  SELECT finding, split_part(ref, ':', 1) AS relation, TRY_CAST(split_part(ref, ':', 2) AS BIGINT) AS number
  FROM (SELECT finding, unnest(refs) AS ref FROM found) AS each
),
numbered AS (
  SELECT r.finding, s.feed FROM refs AS r JOIN said_shares AS s ON r.relation = 'shares' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_links AS s ON r.relation = 'links' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_works AS s ON r.relation = 'works' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_recordings AS s ON r.relation = 'recordings' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_parties AS s ON r.relation = 'parties' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_licences AS s ON r.relation = 'licences' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_usage AS s ON r.relation = 'usage' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_affiliations AS s ON r.relation = 'affiliations' AND s.row_id = r.number
  UNION SELECT r.finding, s.feed FROM refs AS r JOIN said_takedowns AS s ON r.relation = 'takedowns' AND s.row_id = -1 - r.number
  UNION SELECT r.finding, s.feed_no FROM refs AS r JOIN snapshots AS s ON r.relation IN ('snapshots', 'rejects') AND s.snapshot_no = r.number
)
SELECT n.finding, f.feed, f.provider FROM numbered AS n JOIN feeds AS f ON f.feed_no = n.feed
