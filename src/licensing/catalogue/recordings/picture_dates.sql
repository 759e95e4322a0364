-- One row per (recording, right) of a picture whose facts have any: `dates`, the days on which one of them begins or ends, in
-- order; `own_dates`, the same but for what is inside its works.
SELECT recording, "right", list_sort(list(day)) AS dates, coalesce(list_sort(list(day) FILTER (WHERE is_own)), []) AS own_dates
FROM (
  SELECT recording, "right", day, bool_or(is_own) AS is_own FROM (
    SELECT recording, "right", from_first AS day, true AS is_own FROM picture_facts
    UNION ALL
    SELECT recording, "right", from_last, true FROM picture_facts WHERE from_last IS DISTINCT FROM from_first
    UNION ALL
    SELECT recording, "right", to_first, true FROM picture_facts
    UNION ALL
    SELECT recording, "right", to_last, true FROM picture_facts WHERE to_last IS DISTINCT FROM to_first
    UNION ALL
    SELECT recording, "right", unnest(changes), false FROM picture_facts
    UNION ALL
    SELECT p.recording, p."right", unnest(o.dates), true
    FROM (SELECT DISTINCT picture AS recording, "right" FROM part_pictures) AS p JOIN open_facts AS o ON o."right" = p."right"
    UNION ALL
    SELECT p.recording, p."right", unnest(t.dates), true
    FROM picture_texts AS p JOIN texts AS t ON t.territories = p.territories WHERE t.dates IS NOT NULL
  ) AS each
  WHERE day IS NOT NULL GROUP BY recording, "right", day
) AS days
GROUP BY recording, "right"
