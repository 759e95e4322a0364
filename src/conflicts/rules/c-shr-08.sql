-- rule: C-SHR-08
-- name: Invalid value
-- severity: 2
-- kind: rows
-- reads: shares
-- magnitude: total: the value as read, in percent; over: how far it lies outside 0 to 100
-- next: Set the row aside and keep its text; ask the provider.
-- One row per share row below 0 or above 100; per voice whose claims add up to one instead of to a hundred; and per row that
-- was refused because its share is no number. Such shares claim nothing.
SELECT 'work' AS subject_kind, w.work AS subject, s."right", x.atoms, s.from_first AS "from", s.to_first AS "to", s.share AS total,
  CASE WHEN s.share < 0 THEN s.share ELSE s.share - 100000000 END AS over, NULL::BIGINT AS streams,
  CASE WHEN i.party IS NULL THEN []::VARCHAR[] ELSE [i.party] END AS parties, [concat('shares:', s.row_id)] AS refs,
  NULL::VARCHAR AS detail
FROM known_shares AS s
JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
JOIN text_atoms AS x ON x.territories = s.territories
LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
WHERE s.share < 0 OR s.share > 100000000
UNION ALL
SELECT 'work', work, "right", NULL, NULL, NULL, total, 0, NULL, parties, refs, 'adds up to 1: a scale of 0 to 1?'
FROM (
  SELECT w.work, s.feed, s.work_id, s."right", s.kind, CAST(sum(s.share) AS BIGINT) AS total, list_sort(list(DISTINCT i.party)) AS parties,
    list_sort(list(DISTINCT concat('shares:', s.row_id))) AS refs
  FROM known_shares AS s
  JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE s.share > 0 GROUP BY w.work, s.feed, s.work_id, s."right", s.kind
  HAVING count(*) > 1 AND sum(s.share) BETWEEN 999400 AND 1000600
) AS scaled
UNION ALL
SELECT CASE WHEN w.work IS NULL THEN 'line' ELSE 'work' END, coalesce(w.work, concat('local ', n.feed, ' ', f.name, ':', r.line)), NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  []::VARCHAR[], [concat('rejects:', r.snapshot_no, ':', r.file_no, ':', r.line)], concat('refused: ', r.column_name, ' "', r.value, '"')
FROM rejects AS r JOIN standing_snapshots AS n USING (snapshot_no) JOIN files AS f USING (snapshot_no, file_no)
LEFT JOIN work_identities AS w ON w.feed = n.feed AND w.id = CASE WHEN json_valid(r.raw) THEN json_extract_string(r.raw, '$.work_id') END
WHERE r.column_name = 'share' AND r.value IS NOT NULL AND trim(r.value) <> ''
