-- Conflicts that follow from how the claims of a background work stand: one row per work, conflict and party concerned, in
-- order of work. The collective speaks of the United States only, so that what hangs on it holds there alone.
-- Total of category 1: the parts and what the deviant feed's rivals have beyond them; of category 2: the parts and the
-- first one again, for the rival whom the deviant feed names instead.
WITH facts AS (
  SELECT *, part_of(publishers, 0, publisher_split, g * 2) AS first_part,
    list_sum(list_transform(range(publishers), lambda j: part_of(publishers, j, publisher_split, g * 2)))::BIGINT AS parts,
    (mask & ~4) & ~(1::BIGINT << coalesce(deviant, 30)) AS other_world, mask & ~(1::BIGINT << coalesce(deviant, 30)) AS others
  FROM work_facts(0, works()) WHERE category > 0
),
placed AS (
  SELECT *,
    CASE WHEN deviant = 2 OR (mask & ~4) = 0 THEN 'US' ELSE 'WORLD' END AS in_one,
    CASE WHEN deviant = 2 OR other_world = 0 THEN 'US' ELSE 'WORLD' END AS in_both
  FROM facts
),
found AS (
  SELECT *, unnest(CASE category
    WHEN 1 THEN CASE WHEN others = 0 THEN ['C-SHR-02'] ELSE ['C-SHR-02', 'C-SHR-01'] END
    WHEN 2 THEN ['C-SHR-01'] WHEN 3 THEN ['C-SHR-05'] WHEN 4 THEN ['C-SHR-03'] ELSE ['C-SHR-04'] END) AS conflict
  FROM placed
)
SELECT conflict, 'planted' AS role, NULL::VARCHAR AS story, 'work' AS subject_kind, NULL::VARCHAR AS isrc, iswc_text(g) AS iswc,
  CASE WHEN category = 3 THEN ipi_text(publisher_number(first_publisher)) END AS ipi,
  CASE WHEN conflict = 'C-SHR-02' THEN deviant ELSE first_bit(mask) END AS feed_number, 'W' AS letter, g AS number,
  'mech' AS "right", CASE WHEN conflict = 'C-SHR-02' OR category > 2 THEN in_one ELSE in_both END AS territories,
  valid_from::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to, received_in(0) AS known_from, NULL::DATE AS known_to,
  (CASE category WHEN 1 THEN parts + (claimed - 100) * 1000000 WHEN 2 THEN parts + first_part
    WHEN 3 THEN first_part - first_part * claimed // 100 WHEN 4 THEN 100000000 - parts + first_part - first_part // 2
    ELSE first_part - first_part // 2 END / 1000000)::DECIMAL(18, 6) AS magnitude,
  CASE WHEN conflict = 'C-SHR-02' THEN feed_names()[1 + deviant] ELSE names_of(mask) END AS feeds,
  ['one feed claims too much', 'another party in one feed', 'a lower value in one feed', 'claimed in part',
    'the rest is stated as copyright control'][category] AS note
FROM found
