-- rule: C-LNK-04
-- name: Sample counted twice
-- severity: 2
-- kind: rows
-- reads: links
-- magnitude: none
-- next: Drop one of the links by a decision.
-- One row per reading and pair of its works of which one has all writers of the other and more: the other seems to be a sample
-- that already has its share inside the first.
WITH writers AS (
  SELECT w.work, list_sort(list(DISTINCT i.party)) AS parties
  FROM known_shares AS s
  JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE (s.kind = 'manuscript' OR s."role" = 'writer') AND w.work IN (
    SELECT work FROM linked_works WHERE (feed, recording_id) IN (
      SELECT (feed, recording_id) FROM linked_works GROUP BY feed, recording_id HAVING count(DISTINCT work) > 1))
  GROUP BY w.work
)
SELECT 'recording' AS subject_kind, a.recording AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, y.parties,
  list_sort(list(DISTINCT concat('links:', r.row_id))) AS refs, concat('one work has all writers of the other, and more') AS detail
FROM linked_works AS a
JOIN linked_works AS b ON b.feed = a.feed AND b.recording_id = a.recording_id AND b.work <> a.work AND b.variant = a.variant
JOIN writers AS x ON x.work = a.work JOIN writers AS y ON y.work = b.work
JOIN (SELECT DISTINCT feed, recording_id, work, row_id FROM linked_works) AS r
  ON r.feed = a.feed AND r.recording_id = a.recording_id AND r.work IN (a.work, b.work)
WHERE len(x.parties) > len(y.parties) AND list_has_all(x.parties, y.parties)
GROUP BY a.recording, a.feed, a.recording_id, a.work, b.work, y.parties
