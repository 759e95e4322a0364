/**
 * What was planted against what was found. A conflict told of in `truth/` and one that was found are the same when their kind is the
 * same and they are about the same thing: by a code, or by the id that a feed uses for it.
 */
import { DuckDBInstance } from '@duckdb/node-api'

/** Rows of `truth/anomalies.parquet` that stand at a date of knowledge. */
export async function readTruth(folder, known) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const result = await connection.runAndReadAll(
    `SELECT conflict, role, story, subject_kind, isrc, iswc, ipi, feed, local_id, CAST(magnitude AS DOUBLE) AS magnitude, known_from, note
     FROM read_parquet('${folder.replaceAll("'", "''")}/anomalies.parquet')
     WHERE known_from <= '${known}' AND (known_to IS NULL OR known_to > '${known}') ORDER BY ALL`,
  )
  const rows = result.getRowObjectsJson()
  connection.disconnectSync()
  instance.closeSync()
  return rows
}

/**
 * Conflicts that nobody planted and that rows hold by chance all the same, worked out from the delivered files alone: recordings under
 * different ISRCs with one title, artist, version and, to the second, length (C-ID-02), and recordings linked to two works of which one has all writers
 * of the other and more (C-LNK-04). As they stand after the last delivery of each feed.
 */
export async function readChance(feeds) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run("SET memory_limit = '2GB'")
  const folder = feeds.replaceAll("'", "''")
  const last = (relation) => `(SELECT split_part(filename, '/', -3) AS feed, * EXCLUDE (filename)
    FROM read_parquet('${folder}/*/*/${relation}.parquet', union_by_name = true, filename = true)
    QUALIFY dense_rank() OVER (PARTITION BY split_part(filename, '/', -3) ORDER BY split_part(split_part(filename, '/', -2), '-', 1)::INTEGER DESC) = 1)`
  const result = await connection.runAndReadAll(`
    WITH recordings AS (FROM ${last('recordings')}), works AS (FROM ${last('works')}), shares AS (FROM ${last('shares')}),
    parties AS (FROM ${last('parties')}), links AS (FROM ${last('links')}),
    writers AS (
      SELECT coalesce(split_part(w.iswc, '|', 1), w.feed || w.work_id) AS work,
        list_sort(list(DISTINCT coalesce(p.ipi_name_number, CASE WHEN p.party_id IS NULL THEN s.party_id ELSE p.feed || p.party_id END))) AS parties
      FROM shares AS s JOIN works AS w USING (feed, work_id) LEFT JOIN parties AS p ON p.feed = s.feed AND p.party_id = s.party_id
      WHERE s.party_id IS NOT NULL AND (s.share_kind = 'manuscript' OR s.role = 'writer') GROUP BY ALL
    ),
    linked AS (
      SELECT l.feed, l.recording_id, w.parties FROM links AS l JOIN works AS o USING (feed, work_id)
      JOIN writers AS w ON w.work = coalesce(split_part(o.iswc, '|', 1), o.feed || o.work_id)
    )
    SELECT 'C-ID-02' AS conflict, array_to_string(list_sort(list(DISTINCT split_part(isrc, '|', 1))), '|') AS isrc, NULL AS feed, NULL AS local_id
    FROM recordings WHERE isrc IS NOT NULL AND duration_ms IS NOT NULL
    GROUP BY lower(title), lower(artist), version, duration_ms // 1000 HAVING count(DISTINCT split_part(isrc, '|', 1)) > 1
    UNION ALL
    SELECT DISTINCT 'C-LNK-04', split_part(r.isrc, '|', 1), r.feed, r.recording_id
    FROM linked AS a JOIN linked AS b USING (feed, recording_id) JOIN recordings AS r USING (feed, recording_id)
    WHERE len(a.parties) > len(b.parties) AND list_has_all(a.parties, b.parties)`)
  const rows = result.getRowObjectsJson()
  connection.disconnectSync()
  instance.closeSync()
  return rows.map((row) => ({ ...row, role: 'chance', subject_kind: 'recording' }))
}

/** Names under which a planted conflict can be met. */
function toldAliases({ subject_kind: kind, isrc, iswc, ipi, feed, local_id: id }) {
  const code = { work: iswc, recording: isrc, party: ipi }[kind]
  if (kind === 'delivery') return [`delivery ${feed} ${id.slice(-10)}`, `feed ${feed}`]
  return [...(code == null ? [] : code.split('|').map((one) => `${kind} ${one}`)), `${kind} ${feed} ${id}`]
}

/** Relations whose statements are about a subject of the kind. */
const OWN = { work: ['works', 'shares'], recording: ['recordings', 'links'], party: ['parties'], licence: ['licences'] }

function foundAliases({ subject, statements }, sources) {
  const { kind, feed, id } = subject
  if (kind === 'delivery') return [`delivery ${feed} ${sources[statements[0]]?.published.slice(0, 10)}`]
  if (kind === 'feed') return [`feed ${id}`]
  const code = subject.iswc ?? subject.isrc ?? subject.ipi
  const own = statements.flatMap((statement) => {
    const [from, relation, about] = statement.split(':')
    return OWN[kind]?.includes(relation) ? [`${kind} ${from} ${about}`] : []
  })
  return [...(code == null ? [] : [`${kind} ${code}`]), `${kind} ${feed} ${id}`, ...own]
}

/**
 * One row per kind of conflict: how many are told of, found, both; misses and false alarms.
 *
 * @param chance what rows hold by chance: finding it is right, not finding it no miss (it may be told of, too)
 */
export function compareWithTruth(truth, { conflicts, sources }, chance = []) {
  const rows = new Map()
  const rowOf = (id) => {
    if (!rows.has(id))
      rows.set(id, {
        id,
        told: 0,
        hit: 0,
        found: 0,
        right: 0,
        byChance: 0,
        sameStart: 0,
        missed: [],
        alarms: [],
        late: [],
      })
    return rows.get(id)
  }
  const found = new Map()
  conflicts.forEach((conflict, index) => {
    for (const alias of foundAliases(conflict, sources)) {
      const key = `${conflict.id} ${alias}`
      found.set(key, [...(found.get(key) ?? []), index])
    }
  })
  const isTold = new Set()
  for (const planted of truth) {
    const row = rowOf(planted.conflict)
    const met = toldAliases(planted).flatMap((alias) => found.get(`${planted.conflict} ${alias}`) ?? [])
    row.told += 1
    for (const index of met) isTold.add(index)
    if (met.length === 0) row.missed.push(planted)
    else row.hit += 1
    if (met.some((index) => conflicts[index].knownFrom?.slice(0, 10) === planted.known_from)) row.sameStart += 1
    else if (met.length > 0) row.late.push({ ...planted, found: met.map((index) => conflicts[index].knownFrom) })
  }
  const byChance = new Set(
    chance.flatMap((one) => toldAliases(one).flatMap((alias) => found.get(`${one.conflict} ${alias}`) ?? [])),
  )
  conflicts.forEach((conflict, index) => {
    const row = rowOf(conflict.id)
    row.found += 1
    if (isTold.has(index)) row.right += 1
    else if (byChance.has(index)) row.byChance += 1
    else row.alarms.push(conflict)
  })
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
