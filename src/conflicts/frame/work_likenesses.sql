-- One row per (work, title) with an ISWC, that some feed gives it: the title in plain words, and the work's writers, whom
-- several works can share. Works without writers are like no other.
WITH writers AS (
  SELECT w.work, list_sort(list(DISTINCT i.party)) AS writers
  FROM known_shares AS s
  JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
  JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id
  JOIN claimants AS c ON c.party = i.party AND c.comparable
  WHERE s.kind = 'manuscript' OR s."role" = 'writer'
  GROUP BY w.work
)
SELECT w.work, t.plain AS title, x.writers, list(concat('works:', n.row_id)) AS refs
FROM now_works AS n
JOIN work_identities AS w ON w.feed = n.feed AND w.id = n.work_id
JOIN plain_texts AS t ON t.given = n.title
JOIN writers AS x ON x.work = w.work
WHERE t.plain <> '' AND n.iswc IS NOT NULL
GROUP BY w.work, t.plain, x.writers
