-- One row per (spot, right, claimant) of the works of this part: who claims anything.
SELECT DISTINCT spot, cell, "right", claimant, footing FROM work_shares WHERE claimant <> ''
