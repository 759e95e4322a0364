-- One row per link and reading of its dates: which work a feed says is in the recording, when. `variant`: dates read at
-- their first possible day, and, where any link of the recording has a partial date, at their last (domain.md 1.5 rule 6).
-- `weight` in billionths of the recording. Days are half-open; NULL is open.
SELECT l.recording, l.feed, l.recording_id, l.work, l.work_id, l.row_id, l.weight, l.duration_ms, v.variant,
  CASE v.variant WHEN 'first' THEN l.from_first ELSE l.from_last END AS "from",
  CASE v.variant WHEN 'first' THEN l.to_first ELSE l.to_last END AS "to"
FROM (
  SELECT k.*, r.recording, w.work,
    bool_or(coalesce(k.from_first <> k.from_last, false) OR coalesce(k.to_first IS DISTINCT FROM k.to_last, false))
      OVER (PARTITION BY r.recording) AS is_partial
  FROM known_links AS k
  JOIN recording_identities AS r ON r.feed = k.feed AND r.id = k.recording_id
  JOIN work_identities AS w ON w.feed = k.feed AND w.id = k.work_id
) AS l
JOIN (VALUES ('first'), ('last')) AS v(variant) ON v.variant = 'first' OR l.is_partial
