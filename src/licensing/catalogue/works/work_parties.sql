-- One row per (spot, claimant) of the works of this part: who claims anything.
SELECT DISTINCT spot, cell, claimant, footing FROM work_shares WHERE claimant <> ''
