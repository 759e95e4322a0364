-- rule: C-ID-03
-- name: One work under several ISWCs, or one ISWC on several works
-- severity: 2
-- kind: rows
-- reads: works
-- magnitude: total: the sum of the largest claims when the works are read as one; over: what passes 100, else 0
-- next: Read them as one work: a hidden duplicate may hide an overclaim. Decide which identity is meant.
-- One row per work for which a feed states several ISWCs; per feed and ISWC that several of its works carry; and per group of
-- works under different ISWCs with the same title and the same writers.
SELECT 'work' AS subject_kind, w.work AS subject, NULL AS "right", NULL::BIT AS atoms, NULL::DATE AS "from", NULL::DATE AS "to",
  NULL::BIGINT AS total, NULL::BIGINT AS over, NULL::BIGINT AS streams, []::VARCHAR[] AS parties,
  list_sort(list(DISTINCT concat('works:', n.row_id))) AS refs, 'several ISWCs stated together' AS detail
FROM now_works AS n JOIN work_identities AS w ON w.feed = n.feed AND w.id = n.work_id
WHERE contains(n.iswc, '|') GROUP BY w.work
UNION ALL
SELECT 'work', any_value(w.work), NULL, NULL, NULL, NULL, NULL, NULL, NULL, []::VARCHAR[],
  list_sort(list(DISTINCT concat('works:', n.row_id))), 'one ISWC on several works of a feed'
FROM work_keys AS k JOIN work_identities AS w ON w.feed = k.feed AND w.id = k.id
JOIN now_works AS n ON n.feed = k.feed AND n.work_id = k.id
WHERE k."key" LIKE 'iswc %' GROUP BY k.feed, k."key" HAVING count(DISTINCT n.work_id) > 1
UNION ALL
SELECT 'work', min(work), NULL, NULL, NULL, NULL, NULL, NULL, NULL, writers,
  list_sort(list_distinct(flatten(list(refs)))), concat('alike in title and writers: ', array_to_string(list_sort(list(DISTINCT work)), '|'))
FROM work_likenesses GROUP BY title, writers HAVING count(DISTINCT work) > 1
