-- One row per (feed, recording_id, right, country) of the recordings that were asked about: how it stood on the day. Countries
-- as numbers in the order of the model.
SELECT i.feed, i.id, d."right", unnest(c.members) AS atom, d.status, d.licensed, d.exempt, d.unlicensed, d.unknown, d.disputed
FROM recording_degrees AS d
JOIN profiles AS p ON p.thing = d.recording
JOIN profile_cells AS c ON c.profile = p.profile AND c.cell = d.cell
JOIN recording_identities AS i ON i.recording = d.recording
