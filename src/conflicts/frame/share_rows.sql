-- One row per counted claim in (target, cell, day, right): who claims how much by which row of which voice, under any reading
-- of partial dates (domain.md 1.5, "Which rows are counted").
SELECT DISTINCT s.target, s.cell, s.day, s."right", s.feed, s.work_id, s.claimant, s.row_id, s.share, s."role", s.slice
FROM counted_shares AS s JOIN taking_part USING (target, cell, day, "right", variant, feed, work_id)
WHERE s.is_counted
