-- One row per (recording, right, territory text) that the facts of a picture use, with those of its works.
SELECT DISTINCT recording, "right", territories FROM (
  SELECT recording, "right", territories FROM picture_facts WHERE territories IS NOT NULL
  UNION ALL
  SELECT recording, "right", unnest(inner_territories) FROM picture_facts
  UNION ALL
  SELECT p.recording, p."right", unnest(o.territories)
  FROM (SELECT DISTINCT picture AS recording, "right" FROM part_pictures) AS p JOIN open_facts AS o ON o."right" = p."right"
) AS each
