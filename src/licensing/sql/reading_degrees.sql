-- One row per (recording, cell, day, right, variant, reading): the buckets of a reading, its works weighted, in millionths
-- of a percent, rounded half up; and its strict status, which looks at every work by itself (domain.md 1.5).
WITH sums AS (
  SELECT p.reading, p.cell, p.day, d."right", sum(CAST(w.part AS HUGEINT)) AS part,
    sum(w.part * d.licensed::HUGEINT) AS licensed, sum(w.part * d.exempt::HUGEINT) AS exempt,
    sum(w.part * d.unlicensed::HUGEINT) AS unlicensed, sum(w.part * d.disputed::HUGEINT) AS disputed,
    sum(w.part * d.cleared::HUGEINT) AS cleared, sum(w.part * d.at_most::HUGEINT) AS at_most,
    sum(w.part * d.unknown::HUGEINT) AS unknown,
    bool_and(d.cleared >= 99940000) AS is_cleared, bool_and(d.unlicensed >= 99940000) AS is_unlicensed,
    bool_or(d.unlicensed > 60000) AS has_unlicensed, min(d.reason) AS reason
  FROM reading_points AS p
  JOIN reading_works AS w ON w.reading = p.reading
  JOIN targets AS t ON t.recording = w.recording AND t.work = w.work
  JOIN degrees AS d ON d.target = t.target AND d.cell = p.cell AND d.day = p.day
  GROUP BY p.reading, p.cell, p.day, d."right"
),
parted AS (
  SELECT s.*, r.recording, r.variant, r.feed, r.recording_id, r.embodied, CAST(r.parts AS HUGEINT) AS parts,
    greatest(r.parts - s.part, 0)::HUGEINT * 100000000 AS unweighted
  FROM sums AS s JOIN readings AS r ON r.reading = s.reading
)
SELECT recording, cell, day, "right", variant, feed, recording_id,
  CAST((2 * licensed + parts) // (2 * parts) AS BIGINT) AS licensed, CAST((2 * exempt + parts) // (2 * parts) AS BIGINT) AS exempt,
  CAST((2 * unlicensed + parts) // (2 * parts) AS BIGINT) AS unlicensed,
  CAST((2 * (unknown + unweighted) + parts) // (2 * parts) AS BIGINT) AS unknown,
  CAST((2 * disputed + parts) // (2 * parts) AS BIGINT) AS disputed,
  CAST((2 * cleared + parts) // (2 * parts) AS BIGINT) AS cleared,
  CAST((2 * (at_most + unweighted) + parts) // (2 * parts) AS BIGINT) AS at_most,
  is_cleared, is_unlicensed, has_unlicensed, reason, embodied
FROM parted
