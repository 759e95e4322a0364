-- One row per (licence, recording, work) that a suspect licence bears upon: what it lists; for all of a licensor's repertoire the
-- works of those it stands for, and for masters the recordings of its own feed. `work` is NULL for masters.
SELECT s.row_id, r.recording, r.work, NULL AS claimant
FROM suspects AS s JOIN repertoire AS n ON n.row_id = s.row_id JOIN recording_works AS r ON r.work = n.item OR r.recording = n.item
WHERE s.repertoire_kind = 'list' AND s."right" <> 'master'
UNION
SELECT s.row_id, n.item, NULL, NULL
FROM suspects AS s JOIN repertoire AS n ON n.row_id = s.row_id
WHERE s.repertoire_kind = 'list' AND s."right" = 'master'
UNION
SELECT s.row_id, r.recording, r.work, c.claimant
FROM suspects AS s
JOIN mandates AS m ON m.licensor = s.licensor AND m."right" = s."right"
JOIN work_claimants AS c ON c.claimant = m.claimant AND c."right" = s."right"
JOIN recording_works AS r ON r.work = c.work
WHERE s.repertoire_kind <> 'list' AND s."right" <> 'master'
UNION
SELECT s.row_id, r.recording, NULL, NULL
FROM suspects AS s JOIN recording_identities AS r ON r.feed = s.feed
WHERE s.repertoire_kind <> 'list' AND s."right" = 'master'
