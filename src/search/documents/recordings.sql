-- Recordings as they are found and shown. Every title, artist and label that anybody ever gave counts for finding; what
-- is shown is the statement that stands, of several the latest known, then the last by feed and text.
-- One row per document; key: "key"; no order. `body`: see IndexedBody; `popularity`: streams, and a little per statement.
CREATE OR REPLACE TEMP TABLE recording_documents AS
WITH said AS (
  SELECT k."key", r.*, struct_pack(stands := r.stands, known := r.known_from, feed := r.feed, title := r.title,
    artist := r.artist, version := r.version, label := r.label, year := year(r.release_date)) AS rank
  FROM said_recordings r JOIN recording_keys k ON k.subject = r.subject
), merged AS (
  SELECT "key", max(rank) AS best, bool_or(stands) AS stands, count(*) AS mentions,
    list_sort(list(DISTINCT title) FILTER (title IS NOT NULL)) AS titles, list_sort(list(DISTINCT artist) FILTER (artist IS NOT NULL)) AS artists,
    list_sort(list(DISTINCT label) FILTER (label IS NOT NULL)) AS labels, list_sort(list(DISTINCT release_title) FILTER (release_title IS NOT NULL)) AS releases,
    list_sort(list(DISTINCT isrc) FILTER (isrc IS NOT NULL)) AS isrcs, list_sort(list(DISTINCT upc) FILTER (upc IS NOT NULL)) AS upcs,
    list_sort(list(DISTINCT struct_pack(f := feed, i := recording_id))) AS refs, min(year(release_date)) AS year
  FROM said GROUP BY "key"
)
SELECT 0 AS kind, m."key", coalesce(s.streams, 0) AS streams, coalesce(s.streams, 0) + m.mentions AS popularity,
  to_json(struct_pack(t := best.title, v := best.version, b := best.artist, l := best.label, y := m.year, s := stands,
    x := titles, a := artists, o := labels, r := releases, c := list_concat(isrcs, upcs), f := refs)) AS body
FROM merged m LEFT JOIN recording_streams s ON s."key" = m."key"
