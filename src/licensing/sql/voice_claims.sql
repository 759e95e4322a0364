-- One row per (target, cell, day, right, variant, voice, claimant): `claim`, what a voice (feed, work_id) says that the
-- claimant has, in millionths of a percent. Rows of a claimant add up; rows of a group on one non-empty chain are one
-- slice and count once, the largest (domain.md 1.5 rule 3).
SELECT target, cell, day, "right", variant, feed, work_id, claimant, CAST(sum(slice_share) AS BIGINT) AS claim,
  bool_or(is_administrator) AS is_administrator
FROM (
  SELECT s.target, s.cell, s.day, s."right", s.variant, s.feed, s.work_id, s.claimant,
    CASE WHEN coalesce(c.is_group, false) AND s.slice <> '' THEN max(s.share) ELSE sum(s.share) END AS slice_share,
    bool_or(coalesce(s."role", '') = 'administrator') AS is_administrator
  FROM counted_shares AS s LEFT JOIN claimants AS c ON c.party = s.claimant
  WHERE s.is_counted
  GROUP BY s.target, s.cell, s.day, s."right", s.variant, s.feed, s.work_id, s.claimant, s.slice, c.is_group
) AS slices
GROUP BY target, cell, day, "right", variant, feed, work_id, claimant
