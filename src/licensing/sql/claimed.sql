-- One row per (target, cell, day, right, claimant): somebody's counted claim makes it a claimant there and then.
SELECT DISTINCT target, cell, day, "right", claimant FROM voice_claims
