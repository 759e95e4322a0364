/** From statements to documents: one for each recording, work and party, whoever states it. All in the database. */
import { InternalError } from '../../errors.js'
import { RELATIONS, type RelationName } from '../../model/relations.js'
import { literal, quoted, relationColumns } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { catalogueOf } from '../../store/evidence/catalogue.js'
import all from './all.sql'
import changes from './changes.sql'
import claimed from './claimed.sql'
import codes from './codes.sql'
import fresh from './fresh.sql'
import keys from './keys.sql'
import linked from './linked.sql'
import list from './list.sql'
import parties from './parties.sql'
import partyNames from './party-names.sql'
import recordings from './recordings.sql'
import said from './said.sql'
import statedCodes from './stated-codes.sql'
import streams from './streams.sql'
import works from './works.sql'

/** One row of what an index has to do; see fresh.sql and changes.sql. */
export type Change = {
  op: 'add' | 'replace' | 'remove' | 'touch'
  id: number
  streams: number | null
  popularity: number | null
  body: string | null
}

const NEEDED: readonly RelationName[] = ['recordings', 'works', 'parties', 'usage', 'links', 'shares']

const codesOf = (column: string): string => `nullif(${column}, '')`

const KEYS: readonly { view: string; thing: string; id: string; code: string }[] = [
  { view: 'said_recordings', thing: 'recording', id: 'recording_id', code: codesOf('isrc') },
  { view: 'said_works', thing: 'work', id: 'work_id', code: codesOf('iswc') },
  {
    view: 'said_parties',
    thing: 'party',
    id: 'party_id',
    code: `coalesce(${codesOf('ipi_name_number')}, ${codesOf('isni')})`,
  },
]

const filled = (sql: string, values: Readonly<Record<string, string>>): string =>
  sql.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new InternalError(`No value for {${name}}.`, { code: 'sql-placeholder' })
    return value
  })

/** A view of a relation that nobody has delivered yet. */
function emptyView(name: RelationName): string {
  const columns = relationColumns(RELATIONS[name]).map(({ name: column, type }) => `NULL::${type} AS ${quoted(column)}`)
  const place = ['NULL::UBIGINT AS subject', 'NULL::TIMESTAMP AS known_from', 'NULL::TIMESTAMP AS known_to']
  const more = ['NULL::VARCHAR AS feed', 'false AS stands']
  return `CREATE OR REPLACE TEMP VIEW said_${name} AS SELECT ${[...place, ...columns, ...more].join(', ')} WHERE false`
}

const STEPS: readonly (readonly [what: string, sql: string])[] = [
  ['streams', streams],
  ['links', linked],
  ['claims', claimed],
  ['recordings', recordings],
  ['parties', partyNames],
  ['works', works],
  ['parties', parties],
  ['documents', all],
]

/** Makes the temporary table `documents` of an open evidence; returns how many there are. `onStep` may throw to stop it. */
export async function collectDocuments(db: Evidence, onStep: (what: string) => void): Promise<number> {
  const { relations } = await catalogueOf(db)
  const stored = new Set(relations.map(({ name }) => name))
  for (const name of NEEDED) {
    const values = { view: `said_${name}`, relation: quoted(name) }
    await db.run(stored.has(name) ? filled(said, values) : emptyView(name))
  }
  for (const { view, thing, id, code } of KEYS) {
    const names = { view, id, code, stated: `stated_${thing}_codes`, codes: `${thing}_codes`, keys: `${thing}_keys` }
    for (const sql of [statedCodes, codes, keys]) await db.run(filled(sql, names))
  }
  for (const [what, sql] of STEPS) {
    onStep(what)
    await db.run(sql)
  }
  const [row] = await db.rows<{ n: number }>('SELECT count(*) AS n FROM documents')
  return Number(row?.n ?? 0)
}

/** Files that the database writes; it must be allowed to. */
export interface ChangeFiles {
  /** The list of documents of the index that is brought up to date; null for a new index. */
  readonly before: string | null
  readonly changes: string
  readonly list: string
}

export interface ChangeCounts {
  readonly removed: number
  readonly written: number
  readonly touched: number
}

/** Writes what is to be done, and the list of documents as it will be afterwards. */
export async function writeChanges(db: Evidence, files: ChangeFiles): Promise<ChangeCounts> {
  // Read once, right away: packing it tighter costs more than it saves.
  const passing = '(FORMAT parquet, COMPRESSION snappy)'
  const kept = '(FORMAT parquet, COMPRESSION zstd)'
  const before = files.before ?? files.changes
  const wanted = files.before === null ? fresh : changes.replaceAll('$before', literal(files.before))
  await db.run(`COPY (${wanted}) TO ${literal(files.changes)} ${passing}`)
  const listed = list.replaceAll('$changes', literal(files.changes)).replaceAll('$before', literal(before))
  await db.run(`COPY (${listed}) TO ${literal(files.list)} ${kept}`)
  const rows = await db.rows<{ op: string; n: number }>(
    `SELECT op, count(*) AS n FROM read_parquet(${literal(files.changes)}) GROUP BY op`,
  )
  const count = (...ops: string[]) =>
    rows.filter(({ op }) => ops.includes(op)).reduce((sum, { n }) => sum + Number(n), 0)
  return { removed: count('remove'), written: count('add', 'replace'), touched: count('touch') }
}

/** What is to be done, in its order. */
export const readChanges = (db: Evidence, file: string): AsyncIterableIterator<Change> =>
  db.stream<Change>(`SELECT op, id, streams, popularity, body FROM read_parquet(${literal(file)})`)
