-- One row per (spot, share row) of the works of this part, of the shares that hold in the cell at any time. A spot is a target and
-- a right in a cell, or, where the cell is -1, in all of them. `said` with what the territories mean there.
SELECT p.spot, p.cell, s.voice, s.chain, s.claimant, s.footing, hash(s.said, t.meaning) AS said, s.text, s.from_first, s.from_last,
  s.to_first, s.to_last
FROM part_targets AS p
JOIN said_shares AS s ON s.work = p.work AND s."right" = p."right"
JOIN text_meanings AS t ON t.place = p.cell * 4294967296 + s.text
