-- One row per finding, with the streams at stake: those of the subject's recordings in its territories and time, unless the rule counts
-- its own. A period that lies partly inside counts whole.
SELECT f.piece, f.finding, f.rule, f.subject_kind, f.subject, f."right", f.atoms, f."from", f."to", f.total, f.over,
  coalesce(f.streams, s.streams, 0) AS streams, f.parties, f.refs, f.detail, f.is_payment_only
FROM cut_findings AS f
LEFT JOIN (
  SELECT p.piece, CAST(sum(u.streams) AS BIGINT) AS streams
  FROM cut_findings AS p
  JOIN (
    SELECT work AS subject, 'work' AS subject_kind, recording FROM recording_works
    UNION ALL
    SELECT DISTINCT recording, 'recording', recording FROM recording_identities
  ) AS r ON r.subject = p.subject AND r.subject_kind = p.subject_kind
  JOIN uses AS u ON u.recording = r.recording
  WHERE p.streams IS NULL AND (p.atoms IS NULL OR get_bit(p.atoms, u.atom) = 1)
    AND (p."from" IS NULL OR p."from" <= u.last_day) AND (p."to" IS NULL OR p."to" > u.first_day)
  GROUP BY p.piece
) AS s USING (piece)
