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

/** One row per kind of conflict: how many are told of, found, both; the first misses and false alarms. */
export function compareWithTruth(truth, { conflicts, sources }) {
  const rows = new Map()
  const rowOf = (id) => {
    if (!rows.has(id)) rows.set(id, { id, told: 0, hit: 0, found: 0, right: 0, sameStart: 0, missed: [], alarms: [] })
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
  }
  conflicts.forEach((conflict, index) => {
    const row = rowOf(conflict.id)
    row.found += 1
    if (isTold.has(index)) row.right += 1
    else row.alarms.push(conflict)
  })
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
