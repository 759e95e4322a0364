-- Alternative titles of works in the cells of BWARM 2.0, one row per title. `rows`: works of the delivery.
SELECT concat(substr(work_id, 2), '-', n, '-', $round) AS "#AlternativeMusicalWorkTitleRecordId",
  concat(substr(work_id, 2), '-', $round) AS "MusicalWorkRecordId", title AS "AlternativeTitle",
  NULL AS "LanguageAndScriptCode", 'AlternativeTitle' AS "AlternativeTitleType"
FROM (
  SELECT work_id, unnest(string_split(alternate_titles, '|')) AS title, unnest(range(len(string_split(alternate_titles, '|')))) AS n
  FROM rows WHERE alternate_titles IS NOT NULL
)
