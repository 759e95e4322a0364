-- One row per (recording, right, fact) of the recordings of this part that stand for a picture; columns as in recording_facts.sql,
-- and, of the work that a link is about, the days on which its degree changes and its territories (work_changes.sql).
SELECT f.* EXCLUDE (picture), c.changes, c.territories AS inner_territories
FROM recording_facts AS f
JOIN (SELECT DISTINCT picture AS recording, "right" FROM part_pictures) AS p ON p.recording = f.recording AND p."right" = f."right"
LEFT JOIN work_changes AS c ON c.target = f.target AND c."right" = f."right"
