-- One row per (recording, cell, day, right, variant, reading): the buckets of a reading, its works weighted, in millionths
-- of a percent, rounded half up; `embodied`, what it says the recording embodies; and its strict status, which looks at every work by itself (domain.md 1.5).
WITH weighted AS (
  SELECT w.recording, w.cell, w.day, d."right", w.variant, w.feed, w.recording_id, w.work, w.fraction, w.part, w.parts, d.*
    EXCLUDE (target, cell, day, "right")
  FROM reading_works AS w
  JOIN targets AS t ON t.recording = w.recording AND t.work = w.work
  JOIN degrees AS d ON d.target = t.target AND d.cell = w.cell AND d.day = w.day
),
sums AS (
  SELECT recording, cell, day, "right", variant, feed, recording_id, CAST(any_value(parts) AS HUGEINT) AS parts,
    sum(part * licensed::HUGEINT) AS licensed, sum(part * exempt::HUGEINT) AS exempt,
    sum(part * unlicensed::HUGEINT) AS unlicensed, sum(part * disputed::HUGEINT) AS disputed,
    sum(part * cleared::HUGEINT) AS cleared, sum(part * at_most::HUGEINT) AS at_most,
    sum(part * unknown::HUGEINT) + greatest(any_value(parts) - sum(part), 0)::HUGEINT * 100000000 AS unknown,
    greatest(any_value(parts) - sum(part), 0)::HUGEINT * 100000000 AS unweighted,
    bool_and(cleared >= 99940000) AS is_cleared, bool_and(unlicensed >= 99940000) AS is_unlicensed,
    bool_or(unlicensed > 60000) AS has_unlicensed, min(reason) AS reason,
    string_agg(work || ' ' || fraction, ';' ORDER BY work, fraction) AS embodied
  FROM weighted GROUP BY recording, cell, day, "right", variant, feed, recording_id
)
SELECT recording, cell, day, "right", variant, feed, recording_id,
  CAST((2 * licensed + parts) // (2 * parts) AS BIGINT) AS licensed, CAST((2 * exempt + parts) // (2 * parts) AS BIGINT) AS exempt,
  CAST((2 * unlicensed + parts) // (2 * parts) AS BIGINT) AS unlicensed,
  CAST((2 * unknown + parts) // (2 * parts) AS BIGINT) AS unknown,
  CAST((2 * disputed + parts) // (2 * parts) AS BIGINT) AS disputed,
  CAST((2 * cleared + parts) // (2 * parts) AS BIGINT) AS cleared,
  CAST((2 * (at_most + unweighted) + parts) // (2 * parts) AS BIGINT) AS at_most,
  is_cleared, is_unlicensed, has_unlicensed, reason, embodied
FROM sums
