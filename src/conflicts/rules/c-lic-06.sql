-- rule: C-LIC-06
-- name: Terminated licence still exploited
-- severity: 1
-- kind: rows
-- reads: licences usage
-- streams: own
-- magnitude: none; the streams are those after the end
-- next: Count the streams by day after the end.
-- One row per licence that ended, or was ended by a take-down of its feed: streams in its territory, of recordings that it bore upon,
-- in periods that begin after its end and that no other licence covers which reaches the same thing.
WITH ended AS (
  SELECT s.row_id, s.feed, s.licence_id, s."right", s.licensor, s.atoms, s.from_first, s.to_last AS ended_on, r.work, r.recording, r.claimant, NULL AS takedown
  FROM suspects AS s JOIN reach AS r ON r.row_id = s.row_id
  WHERE s.to_last IS NOT NULL AND s.to_last > coalesce(s.from_first, DATE '0001-01-01')
  UNION ALL
  SELECT l.row_id, l.feed, n.licence_id, l."right", i.party, x.atoms & y.atoms, l.from_first, d.from_last, NULL, p.item, NULL, concat('takedowns:', d.row_id)
  FROM known_takedowns AS d
  JOIN repertoire AS p ON p.row_id = d.row_id
  JOIN repertoire AS q ON q.item = p.item
  JOIN known_licences AS l ON l.row_id = q.row_id AND l.feed = d.feed AND l."right" = 'master'
  JOIN now_licences AS n ON n.row_id = l.row_id
  JOIN text_atoms AS x ON x.territories = l.territories JOIN text_atoms AS y ON y.territories = d.territories
  LEFT JOIN party_identities AS i ON i.feed = l.feed AND i.id = l.licensor_id
  WHERE d.from_last IS NOT NULL AND bit_count(x.atoms & y.atoms) > 0
),
after AS (
  SELECT e.*, u.atom, u.first_day, u.last_day, u.streams, u.row_id AS usage_row
  FROM ended AS e JOIN uses AS u ON u.recording = e.recording AND get_bit(e.atoms, u.atom) = 1 AND u.first_day >= e.ended_on
),
uncovered AS (
  SELECT DISTINCT row_id, feed, licence_id, "right", licensor, ended_on, takedown, atom, first_day, last_day, streams, usage_row FROM after AS o
  WHERE NOT EXISTS (
    SELECT 1 FROM grants AS g
    WHERE g."right" = o."right" AND (g.row_id <> o.row_id OR o.takedown IS NULL) AND get_bit(g.atoms, o.atom) = 1
      AND NOT (o.takedown IS NOT NULL AND g.item = o.recording AND g.row_id IN (SELECT row_id FROM known_licences AS k WHERE k.feed = o.feed))
      AND (g.claimant = o.claimant OR g.item IN (o.work, o.recording) OR (g.claimant IS NULL AND g.item IS NULL))
      AND coalesce(g.from_first, DATE '0001-01-01') <= o.first_day AND coalesce(g.to_first, DATE '9999-12-31') > o.first_day)
),
renewed AS (
  SELECT e.row_id, e.takedown, min(g.from_first) AS renewed_on
  FROM (SELECT DISTINCT row_id, takedown, "right", claimant, work, recording, ended_on, atoms FROM ended) AS e
  JOIN grants AS g ON g."right" = e."right" AND g.row_id <> e.row_id AND g.from_first >= e.ended_on AND bit_count(g.atoms & e.atoms) > 0
    AND (g.claimant = e.claimant OR g.item IN (e.work, e.recording))
  GROUP BY e.row_id, e.takedown
)
SELECT 'licence' AS subject_kind, concat('local ', u.feed, ' ', u.licence_id) AS subject, u."right",
  bit_or(set_bit(bitstring('0', CAST((SELECT count FROM atoms) AS INTEGER)), u.atom, 1)) AS atoms, u.ended_on AS "from",
  CASE WHEN any_value(r.renewed_on) > max(u.last_day) THEN any_value(r.renewed_on) END AS "to", NULL::BIGINT AS total, NULL::BIGINT AS over,
  CAST(sum(u.streams) AS BIGINT) AS streams, CASE WHEN u.licensor IS NULL THEN []::VARCHAR[] ELSE [u.licensor] END AS parties,
  list_concat(list_filter([concat('licences:', u.row_id), u.takedown], ref -> ref IS NOT NULL),
    list_slice(list_sort(list(DISTINCT concat('usage:', u.usage_row))), 1, 20)) AS refs,
  CASE WHEN u.takedown IS NULL THEN NULL ELSE 'taken down' END AS detail
FROM uncovered AS u LEFT JOIN renewed AS r ON r.row_id = u.row_id AND r.takedown IS NOT DISTINCT FROM u.takedown
GROUP BY u.row_id, u.feed, u.licence_id, u."right", u.licensor, u.ended_on, u.takedown
