-- rule: C-DAT-02
-- name: Gap in control or licence
-- severity: 1
-- kind: rows
-- reads: usage
-- streams: required
-- magnitude: total and over: days of the gap
-- next: Count the streams in the gap. Is there a holdover clause?
-- One row per (work, right, voice, chain, gap) in which nobody holds what somebody held before and somebody holds after, and per
-- (work, right, claimant, gap) between two licences. Gaps that another claim or licence fills are none. Only with streams in the gap.
WITH held AS (
  SELECT s.row_id, s.feed, s.work_id, w.work, s."right", coalesce(s.chain, '') AS chain, s.territories, x.atoms, s.from_first, s.to_first, i.party
  FROM known_shares AS s
  JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  JOIN used_works AS u ON u.work = w.work
  JOIN text_atoms AS x ON x.territories = s.territories
  JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  WHERE s.kind <> 'manuscript' AND coalesce(s."role", '') <> 'income-participant' AND s.share > 0 AND s.share <= 100000000
),
control AS (
  SELECT a.work, a."right", a.atoms & b.atoms AS atoms, a.to_first AS "from", b.from_first AS "to", [a.party, b.party] AS parties,
    [concat('shares:', a.row_id), concat('shares:', b.row_id)] AS refs
  FROM held AS a JOIN held AS b
    ON b.feed = a.feed AND b.work_id = a.work_id AND b."right" = a."right" AND b.chain = a.chain AND b.from_first > a.to_first
      AND bit_count(a.atoms & b.atoms) > 0
  WHERE a.chain <> '' OR a.party = b.party
),
granted AS (
  SELECT c.work, g."right", g.claimant, g.row_id, g.atoms, g.from_first, g.to_first
  FROM grants AS g JOIN work_claimants AS c ON c.claimant = g.claimant AND c."right" = g."right"
  JOIN used_works AS u ON u.work = c.work
  UNION ALL
  SELECT u.work, g."right", NULL, g.row_id, g.atoms, g.from_first, g.to_first
  FROM grants AS g JOIN used_works AS u ON u.work = g.item WHERE g."right" <> 'master'
),
licensed AS (
  SELECT a.work, a."right", a.atoms & b.atoms AS atoms, a.to_first AS "from", b.from_first AS "to",
    CASE WHEN a.claimant IS NULL THEN []::VARCHAR[] ELSE [a.claimant] END AS parties,
    [concat('licences:', a.row_id), concat('licences:', b.row_id)] AS refs
  FROM granted AS a JOIN granted AS b
    ON b.work = a.work AND b."right" = a."right" AND b.claimant IS NOT DISTINCT FROM a.claimant AND b.from_first > a.to_first
      AND bit_count(a.atoms & b.atoms) > 0
),
open_control AS (
  SELECT * FROM control AS c WHERE NOT EXISTS (
    SELECT 1 FROM held AS h WHERE h.work = c.work AND h."right" = c."right" AND bit_count(h.atoms & c.atoms) > 0
      AND coalesce(h.from_first, DATE '0001-01-01') < c."to" AND coalesce(h.to_first, DATE '9999-12-31') > c."from"
      AND (h.party IN (c.parties[1], c.parties[2]) OR EXISTS (
        SELECT 1 FROM held AS o WHERE concat('shares:', o.row_id) = c.refs[1] AND o.chain = h.chain AND o.chain <> '')))
),
open_licence AS (
  SELECT * FROM licensed AS c WHERE NOT EXISTS (
    SELECT 1 FROM granted AS h WHERE h.work = c.work AND h."right" = c."right" AND (h.claimant IS NULL OR h.claimant = c.parties[1])
      AND bit_count(h.atoms & c.atoms) > 0
      AND coalesce(h.from_first, DATE '0001-01-01') < c."to" AND coalesce(h.to_first, DATE '9999-12-31') > c."from")
    AND NOT EXISTS (
      SELECT 1 FROM grants AS g WHERE g."right" = c."right" AND g.claimant IS NULL AND g.item IS NULL AND (g.atoms & c.atoms) = c.atoms
        AND coalesce(g.from_first, DATE '0001-01-01') <= c."from" AND coalesce(g.to_first, DATE '9999-12-31') >= c."to")
)
SELECT 'work' AS subject_kind, work AS subject, "right", bit_or(atoms) AS atoms, "from", "to",
  CAST(date_diff('day', "from", "to") * 1000000 AS BIGINT) AS total, CAST(date_diff('day', "from", "to") * 1000000 AS BIGINT) AS over,
  NULL::BIGINT AS streams, list_sort(list_distinct(flatten(list(parties)))) AS parties, list_sort(list_distinct(flatten(list(refs)))) AS refs,
  detail
FROM (
  SELECT *, 'control' AS detail FROM open_control UNION ALL SELECT *, 'licence' FROM open_licence
) AS gaps
GROUP BY work, "right", "from", "to", detail
