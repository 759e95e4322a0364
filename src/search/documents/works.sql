-- Works as they are found and shown, with all their titles and the names of who wrote and who claims them.
-- One row per document; key: "key"; no order. `body`: see IndexedBody; `popularity`: streams of the recordings that
-- embody it, and a little per recording and statement.
CREATE OR REPLACE TEMP TABLE work_documents AS
WITH said AS (
  SELECT k."key", w.*, struct_pack(stands := w.stands, known := w.known_from, feed := w.feed, title := w.title) AS rank
  FROM said_works w JOIN work_keys k ON k.subject = w.subject
), merged AS (
  SELECT "key", max(rank) AS best, bool_or(stands) AS stands, count(*) AS mentions,
    list_sort(list(DISTINCT title) FILTER (title IS NOT NULL)) AS titles, list_sort(list(DISTINCT alternate_titles) FILTER (alternate_titles IS NOT NULL)) AS others,
    list_sort(list(DISTINCT iswc) FILTER (iswc IS NOT NULL)) AS iswcs, list_sort(list(DISTINCT struct_pack(f := feed, i := work_id))) AS refs
  FROM said GROUP BY "key"
), heard AS (
  SELECT l.work AS "key", sum(s.streams) AS streams, count(*) AS recordings
  FROM linked l LEFT JOIN recording_streams s ON s."key" = l.recording GROUP BY l.work
), people AS (
  SELECT c.work AS "key", list_sort(list(DISTINCT n.name) FILTER (c.writes)) AS writers,
    list_sort(list(DISTINCT n.name) FILTER (NOT c.writes)) AS owners
  FROM claimed c JOIN party_names n ON n."key" = c.party GROUP BY c.work
)
SELECT 1 AS kind, m."key", coalesce(h.streams, 0) AS streams,
  coalesce(h.streams, 0) + coalesce(h.recordings, 0) + m.mentions AS popularity,
  to_json(struct_pack(t := best.title, b := array_to_string(p.writers[1:4], ', '), s := stands,
    x := titles, z := others, w := p.writers, o := p.owners, c := iswcs, f := refs)) AS body
FROM merged m LEFT JOIN heard h ON h."key" = m."key" LEFT JOIN people p ON p."key" = m."key"
