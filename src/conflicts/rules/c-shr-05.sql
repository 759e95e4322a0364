-- rule: C-SHR-05
-- name: Share value differs between providers
-- severity: 2
-- kind: cells
-- reads: shares
-- magnitude: total: the largest value stated for the party; over: the difference from the smallest
-- next: Compare the dates of the feeds; ask for the split sheet.
-- One row per (target, cell, day, right, party) about which two voices or more speak and differ by more than 0.06 under every
-- reading of partial dates.
SELECT a.target, a.cell, a.day, a."right", a.most AS total, a.apart AS over, [a.claimant] AS parties,
  list_sort(list(DISTINCT concat('shares:', r.row_id))) AS refs, NULL::VARCHAR AS detail
FROM (
  SELECT s.target, s.cell, s.day, s."right", s.claimant, min(s.apart) AS apart, max(s.most) AS most
  FROM (
    SELECT target, cell, day, "right", variant, claimant, max(claim) - min(claim) AS apart, max(claim) AS most
    FROM theory_claims GROUP BY target, cell, day, "right", variant, claimant HAVING count(*) > 1
  ) AS s JOIN targets AS t USING (target)
  GROUP BY s.target, s.cell, s.day, s."right", s.claimant
  HAVING min(s.apart) > 60000 AND count(*) = any_value(t.variants)
) AS a
JOIN share_rows AS r USING (target, cell, day, "right", claimant)
GROUP BY a.target, a.cell, a.day, a."right", a.claimant, a.apart, a.most
