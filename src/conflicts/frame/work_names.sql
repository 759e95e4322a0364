-- One row per (feed, work_id) that was ever stated: its key across feeds, by the latest statement. For works that may be known no more.
SELECT feed, work_id, coalesce('iswc ' || split_part(arg_max(iswc, known_from), '|', 1), concat('local ', feed, ' ', work_id)) AS "key"
FROM said_works GROUP BY feed, work_id
