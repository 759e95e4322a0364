-- rule: C-LIC-04
-- name: Use or tier outside the scope of the licence
-- severity: 1
-- kind: rows
-- reads: licences usage
-- streams: own
-- magnitude: none; the streams are those of uses that the licence does not name
-- next: Split the usage by use and tier.
-- One row per licence and use: streams of recordings that it bears upon, in its territory and time, of a use that it does not name
-- and that no other licence names which reaches the same thing there and then.
WITH outside AS (
  SELECT s.row_id, s.feed, s.licence_id, s."right", s.licensor, u.atom, u.first_day, u.last_day, lower(trim(u."use")) AS "use",
    u.row_id AS usage_row, u.streams, r.work, r.recording, r.claimant
  FROM suspects AS s
  JOIN reach AS r ON r.row_id = s.row_id
  JOIN uses AS u ON u.recording = r.recording
  WHERE s.uses IS NOT NULL AND u."use" IS NOT NULL AND NOT list_contains(s.use_list, lower(trim(u."use")))
    AND get_bit(s.atoms, u.atom) = 1
    AND coalesce(s.from_first, DATE '0001-01-01') <= u.last_day AND coalesce(s.to_first, DATE '9999-12-31') > u.first_day
)
SELECT 'licence' AS subject_kind, concat('local ', feed, ' ', licence_id) AS subject, "right",
  bit_or(set_bit(bitstring('0', CAST((SELECT count FROM atoms) AS INTEGER)), atom, 1)) AS atoms, min(first_day) AS "from",
  CAST(max(last_day) + INTERVAL 1 DAY AS DATE) AS "to", NULL::BIGINT AS total, NULL::BIGINT AS over,
  CAST(sum(streams) AS BIGINT) AS streams, CASE WHEN licensor IS NULL THEN []::VARCHAR[] ELSE [licensor] END AS parties,
  list_concat([concat('licences:', row_id)], list_slice(list_sort(list(DISTINCT concat('usage:', usage_row))), 1, 20)) AS refs,
  concat('use "', "use", '"') AS detail
FROM (
  SELECT DISTINCT row_id, feed, licence_id, "right", licensor, atom, first_day, last_day, "use", usage_row, streams FROM outside AS o
  WHERE NOT EXISTS (
    SELECT 1 FROM grants AS g
    WHERE g."right" = o."right" AND g.row_id <> o.row_id AND get_bit(g.atoms, o.atom) = 1
      AND (g.claimant = o.claimant OR g.item IN (o.work, o.recording) OR (g.claimant IS NULL AND g.item IS NULL))
      AND coalesce(g.from_first, DATE '0001-01-01') <= o.last_day AND coalesce(g.to_first, DATE '9999-12-31') > o.first_day
      AND (g.uses IS NULL OR list_contains(list_transform(string_split(lower(g.uses), '|'), w -> trim(w)), o."use")))
) AS uncovered
GROUP BY row_id, feed, licence_id, "right", licensor, "use"
