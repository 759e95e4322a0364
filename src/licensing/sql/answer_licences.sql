-- One row per (right, target, claimant, licence row) that bears on a claimant: `is_decisive` where it gave the claimant its
-- class; and per licence of the recording itself (target NULL): masters, and whole-right licences.
SELECT v."right", v.target, v.claimant, v.row_id, v.standing,
  (k.class = 'licensed' AND v.standing = 2) OR (k.class = 'disputed' AND v.standing = 3)
    OR (k.class = 'unknown' AND v.standing = 4) AS is_decisive
FROM coverage AS v
JOIN classes AS k USING (target, cell, day, "right", claimant)
UNION
SELECT "right", NULL, NULL, row_id, standing, true FROM recording_grants
ORDER BY ALL
