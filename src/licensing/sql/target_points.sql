-- One row per (target, cell, day): a work (in a recording that a licence lists, else in any), an atomic territory (its
-- number in the order of the model) and a day at which its degree is wanted, because a recording that may embody it is
-- asked about there and then.
SELECT DISTINCT t.target, t.work, t.listed_recording, t.variants, p.cell, p.day
FROM points AS p JOIN targets AS t ON t.recording = p.recording
