-- Mismatches by likely cause. One row per class, cause, column and operation: how many pairs it touches, how many of those
-- it alone keeps from agreeing while nobody answers for it (`sole`), three examples. The largest first, then by name.
-- Needs `parts` with `covered`.
WITH open AS (
  SELECT pair, count(DISTINCT (class, coalesce(cause, ''), coalesce(column_name, ''), op)) AS groups
  FROM parts WHERE NOT covered GROUP BY pair)
SELECT p.class, p.cause, p.column_name, p.op, count(DISTINCT p.pair) AS pairs,
  count(DISTINCT p.pair) FILTER (p.covered) AS covered,
  count(DISTINCT p.pair) FILTER (NOT p.covered AND o.groups = 1) AS sole,
  list({'key': s.shown, 'ours': p.our_value, 'theirs': p.their_value}
    ORDER BY p.pair, p.our_value NULLS FIRST, p.their_value NULLS FIRST)[:3] AS examples
FROM parts p
JOIN pairs s ON s.pair = p.pair
LEFT JOIN open o ON o.pair = p.pair
GROUP BY p.class, p.cause, p.column_name, p.op
ORDER BY pairs DESC, p.class, p.cause NULLS FIRST, p.column_name NULLS FIRST, p.op
