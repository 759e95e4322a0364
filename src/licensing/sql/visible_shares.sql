-- One row per (target, cell, day, variant, share row): the rows that hold there and then. `variant`: partial dates read
-- at their first or at their last possible day (domain.md 1.5 rule 6). `claimant` is NULL for copyright control.
-- `kind_rank`: licensing 1, collection 2, ownership 3, NULL where the row never counts (manuscript, income participant).
-- `is_claim`: names a claimant and states a share within 0..100; share in millionths of a percent.
SELECT p.target, p.cell, p.day, s."right", v.variant, s.row_id, s.feed, s.work_id, s.share, s."role", s.chain,
  CASE WHEN s.status = 'public-domain' THEN 'public domain' ELSE i.party END AS claimant,
  CASE WHEN s."role" = 'income-participant' THEN NULL
    ELSE CASE s.kind WHEN 'licensing' THEN 1 WHEN 'collection' THEN 2 WHEN 'ownership' THEN 3 END END AS kind_rank,
  (s.party_id IS NOT NULL OR coalesce(s.status, '') = 'public-domain') AND coalesce(s.share BETWEEN 0 AND 100000000, false)
    AS is_claim
FROM target_points AS p
JOIN work_identities AS w ON w.work = p.work
JOIN known_shares AS s ON s.feed = w.feed AND s.work_id = w.id
JOIN (VALUES ('first', 1), ('last', 2)) AS v(variant, place) ON v.place <= p.variants
LEFT JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
JOIN territory_cells AS t ON t.territories = s.territories AND t.cell = p.cell
WHERE s."right" IN (SELECT "right" FROM asked_rights)
  AND (s.from_first IS NULL OR CASE v.variant WHEN 'first' THEN s.from_first ELSE s.from_last END <= p.day)
  AND (s.to_first IS NULL OR CASE v.variant WHEN 'first' THEN s.to_first ELSE s.to_last END > p.day)
  AND (t."from" IS NULL OR t."from" <= p.day) AND (t."to" IS NULL OR t."to" > p.day)
