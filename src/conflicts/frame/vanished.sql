-- One row per share row that a full delivery no longer had, whose key has not come back and of whose cells its party no longer claims
-- some: what it covered, and who took as much of the same share over in that delivery (NULL: nobody). Shares in millionths of a
-- percent.
WITH closed AS (
  SELECT s.*, coalesce(w.work, v."key", concat('local ', s.feed, ' ', s.work_id)) AS work,
    coalesce(i.party, p."key", concat('local ', s.feed, ' ', s.party_id)) AS party_key
  FROM past_shares AS s
  LEFT JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  LEFT JOIN work_names AS v ON v.feed = s.feed AND v.work_id = s.work_id
  LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  JOIN snapshot_relations AS r ON r.snapshot_no = s.closed_by AND r.relation = 'shares' AND r.scope = 'full'
  LEFT JOIN party_names AS p ON p.feed = s.feed AND p.party_id = s.party_id
  WHERE s.party_id IS NOT NULL AND s.share > 0
    AND NOT EXISTS (
      SELECT 1 FROM now_shares AS n WHERE n.subject = s.subject AND n.party_id = s.party_id AND n.share_kind = s.share_kind AND n."right" = s."right"
        AND n."role" IS NOT DISTINCT FROM s."role" AND n.chain IS NOT DISTINCT FROM s.chain
        AND n.territories IS NOT DISTINCT FROM s.territories AND n.valid_from IS NOT DISTINCT FROM s.valid_from)
),
latest AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY feed, work_id, party_id, "role", chain, share_kind, "right", territories, valid_from
      ORDER BY known_to DESC, row_id) AS place
    FROM closed
  ) AS numbered WHERE place = 1
),
standing AS (
  SELECT w.work, n.feed, n."right", i.party AS party_key, n.share_kind = 'manuscript' AS is_manuscript,
    x.atoms, coalesce(n.valid_from, DATE '0001-01-01') AS "from", coalesce(n.valid_to, DATE '9999-12-31') AS "to"
  FROM now_shares AS n
  JOIN work_identities AS w ON w.feed = n.feed AND w.id = n.work_id
  JOIN (SELECT DISTINCT work FROM latest) AS l ON l.work = w.work
  JOIN text_atoms AS x ON x.territories = coalesce(n.territories, 'WORLD')
  JOIN party_identities AS i ON i.feed = n.feed AND i.id = n.party_id
  WHERE n.party_id IS NOT NULL
),
days AS (
  SELECT l.row_id, unnest([coalesce(l.valid_from, DATE '0001-01-01')]) AS day FROM latest AS l
  UNION
  SELECT l.row_id, unnest([s."from", s."to"]) AS day FROM latest AS l
  JOIN standing AS s ON s.work = l.work AND s.feed = l.feed AND s."right" = l."right" AND s.party_key = l.party_key
),
covered AS (
  SELECT l.row_id, d.day, bit_or(s.atoms) AS atoms
  FROM latest AS l JOIN days AS d ON d.row_id = l.row_id
    AND d.day >= coalesce(l.valid_from, DATE '0001-01-01') AND d.day < coalesce(l.valid_to, DATE '9999-12-31')
  LEFT JOIN standing AS s ON s.work = l.work AND s.feed = l.feed AND s."right" = l."right" AND s.party_key = l.party_key
    AND s.is_manuscript = (l.share_kind = 'manuscript') AND s."from" <= d.day AND s."to" > d.day
  GROUP BY l.row_id, d.day
),
uncovered AS (
  SELECT l.row_id, bit_or(CASE WHEN c.atoms IS NULL THEN x.atoms ELSE x.atoms & ~c.atoms END) AS atoms
  FROM latest AS l JOIN covered AS c USING (row_id) JOIN text_atoms AS x ON x.territories = coalesce(l.territories, 'WORLD')
  GROUP BY l.row_id
),
successors AS (
  SELECT l.row_id, min(n.row_id) AS taken_over_row
  FROM latest AS l JOIN said_shares AS n ON n.subject = l.subject AND n."right" = l."right" AND n.share_kind = l.share_kind AND n.share = l.share
    AND n.known_from = l.known_to AND n.party_id IS NOT NULL AND n.party_id <> l.party_id
    AND (n.chain = l.chain OR l.chain IS NULL OR n.chain IS NULL)
  GROUP BY l.row_id
)
SELECT l.row_id, l.feed, l.work, l.work_id, l."right", l.party_key AS party, u.atoms, l.valid_from AS "from", l.valid_to AS "to",
  CAST(l.share * 1000000 AS BIGINT) AS share, l.known_to AS gone_since, s.taken_over_row, 
  coalesce(i.party, p."key", CASE WHEN n.party_id IS NOT NULL THEN concat('local ', n.feed, ' ', n.party_id) END) AS taken_over_by
FROM latest AS l JOIN uncovered AS u USING (row_id)
LEFT JOIN successors AS s USING (row_id)
LEFT JOIN said_shares AS n ON n.row_id = s.taken_over_row
LEFT JOIN party_names AS p ON p.feed = n.feed AND p.party_id = n.party_id
LEFT JOIN party_identities AS i ON i.feed = n.feed AND i.id = n.party_id
WHERE bit_count(u.atoms) > 0
