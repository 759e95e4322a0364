-- A thousand questions: of three in eight the recording is one that a story tells of, of two in eight a recording of a hit, of
-- the others any. Key: question. `known` is a day on which deliveries were received. For a story the day is often one on
-- which something of it begins.
WITH story_recordings AS (
  SELECT DISTINCT i.name, i.recording_base + t.recording AS r, i.change, i.story
  FROM story_recordings AS t JOIN story_instances() AS i USING (story) WHERE t.isrc <> 'bad' AND t.isrc_of IS NULL
),
days AS (
  SELECT i.story, i.change, min(shifted_day(t.valid_from, i.change, t.valid_from_shift)) FILTER (WHERE shifted_day(t.valid_from, i.change, t.valid_from_shift) > '2015') AS starts
  FROM story_truth AS t JOIN story_instances() AS i USING (story) GROUP BY i.story, i.change
),
numbered AS (
  SELECT s.*, d.starts, row_number() OVER (ORDER BY draw(s.r, 90)) - 1 AS place, count(*) OVER () AS places
  FROM story_recordings AS s LEFT JOIN days AS d ON d.story = s.story AND d.change = s.change
),
asked AS (SELECT range AS question, range % 8 AS part FROM range(1000)),
chosen AS (
  SELECT q.question, CASE WHEN part < 3 THEN n.r
      WHEN part < 5 THEN hit_recordings_from() + below(question, 91, hit_recordings())
      ELSE tail_recordings_from() + below(question, 92, tail_recordings()) END AS r,
    CASE WHEN part < 3 THEN n.name WHEN part < 5 THEN 'hit' ELSE 'tail' END AS about,
    CASE WHEN part < 3 THEN TRY_CAST(n.starts AS DATE) END AS starts
  FROM asked AS q LEFT JOIN numbered AS n ON part < 3 AND n.place = (question // 8 * 3 + part) % n.places
)
SELECT question, isrc_text(r, 0) AS isrc, pick(['US', 'GB', 'DE', 'AT', 'FR', 'JP', 'BR'], question, 93) AS territory,
  CASE WHEN starts IS NOT NULL AND below(question, 94, 3) > 0 THEN starts + below(question, 95, 40)::INTEGER - 5
    ELSE DATE '2016-01-01' + below(question, 95, 2000)::INTEGER END AS "day",
  received_in(below(question, 96, snapshots())) AS known,
  pick(['mech', 'mech', 'mech', 'perf', 'master'], question, 97) AS "right", about
FROM chosen ORDER BY question
