-- One row per delivery that had been received by the date of knowledge and, for what it was refused, still counts: no later
-- full one of its feed replaced it.
SELECT s.snapshot_no, s.feed_no AS feed, s.snapshot, s.received, s.published, s.late, s.partial
FROM snapshots AS s JOIN knowledge AS k ON s.received < k.before
WHERE NOT EXISTS (
  SELECT 1 FROM snapshots AS n JOIN knowledge AS k ON n.received < k.before
  WHERE n.feed_no = s.feed_no AND n.scope = 'full' AND (n.published, n.received, n.snapshot_no) > (s.published, s.received, s.snapshot_no))
