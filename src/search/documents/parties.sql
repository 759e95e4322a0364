-- Parties as they are found and shown.
-- One row per document; key: "key"; no order. `body`: see IndexedBody; `popularity`: streams of the works they wrote or
-- claim, and a little per work and statement.
CREATE OR REPLACE TEMP TABLE party_documents AS
WITH merged AS (
  SELECT k."key", bool_or(stands) AS stands, count(*) AS mentions, list_sort(list(DISTINCT p.name) FILTER (p.name IS NOT NULL)) AS names,
    list_sort(list(DISTINCT p.kind) FILTER (p.kind IS NOT NULL)) AS kinds, list_sort(list(DISTINCT p.ipi_name_number) FILTER (p.ipi_name_number IS NOT NULL)) AS ipis,
    list_sort(list(DISTINCT p.ipi_base_number) FILTER (p.ipi_base_number IS NOT NULL)) AS bases, list_sort(list(DISTINCT p.isni) FILTER (p.isni IS NOT NULL)) AS isnis,
    list_sort(list(DISTINCT struct_pack(f := p.feed, i := p.party_id))) AS refs
  FROM said_parties p JOIN party_keys k ON k.subject = p.subject GROUP BY k."key"
), heard AS (
  SELECT c.party AS "key", sum(w.streams) AS streams, count(*) AS works
  FROM (SELECT DISTINCT party, work FROM claimed) c JOIN work_documents w ON w."key" = c.work GROUP BY c.party
)
SELECT 2 AS kind, m."key", coalesce(h.streams, 0) AS streams,
  coalesce(h.streams, 0) + coalesce(h.works, 0) + m.mentions AS popularity,
  to_json(struct_pack(t := n.name, b := array_to_string(kinds, ', '), s := stands, x := names,
    c := list_concat(ipis, list_concat(isnis, bases)), f := refs)) AS body
FROM merged m JOIN party_names n ON n."key" = m."key" LEFT JOIN heard h ON h."key" = m."key"
