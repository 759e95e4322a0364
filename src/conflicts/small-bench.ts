/** The statements about one recording, work or party on a small workbench: the tables that facts.ts makes in DuckDB. */
import { factsOfRows, fillFacts, licenceDataAt, type StatedRow, seeOnBench } from '../licensing/index.js'
import type { SubjectRef } from '../lookup/index.js'
import { RELATIONS, type RelationName } from '../model/relations.js'
import { ATOMS } from '../model/territories/territory-set.js'
import { literal, relationColumns } from '../store/columns.js'
import type { Evidence, Row } from '../store/duckdb.js'
import { type Catalogue, catalogueOf } from '../store/evidence/catalogue.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import type { StatementReader } from '../store/evidence/statements.js'
import { isReadAlike } from '../store/small-texts.js'
import { type SmallRow, SmallWorkbench } from '../store/small-workbench.js'
import {
  type ConflictBench,
  keptColumns,
  notedTerritories,
  READ,
  type ReadRelation,
  sqlSaid,
  sqlSeen,
} from './facts.js'
import type { Gathered } from './focus.js'
import textAtoms from './frame/text_atoms.sql'

/** Rows beyond which DuckDB is faster. */
const MOST_ROWS = 4000

/** Sums up to which 64 bits hold whatever is worked out with them: of shares (millionths), weights (billionths), and streams. */
const MOST_UNITS = 90_000_000_000

/** Small tables of the evidence that rules read, with their columns. Of refused lines only those with a share can tell of a work. */
const DELIVERIES = {
  feeds: 'feed_no, feed, provider, policy',
  snapshots: 'snapshot_no, feed_no, snapshot, published, received, scope, late, partial',
  snapshot_relations: 'snapshot_no, relation, scope, created, updated, deleted, unchanged',
  rejects: 'snapshot_no, file_no, line, column_name, value, raw',
  files: 'snapshot_no, file_no, name',
} as const

const CONDITIONS: Readonly<Record<string, string>> = {
  rejects: "WHERE column_name = 'share'",
  files: "WHERE (snapshot_no, file_no) IN (SELECT (snapshot_no, file_no) FROM rejects WHERE column_name = 'share')",
}

type KeptRows = Readonly<Record<ReadRelation, readonly Row[]>>

/** What does not depend on the subjects: an empty workbench, and the small tables. */
export interface SmallParts {
  readonly bench: Promise<SmallWorkbench>
  readonly deliveries: Promise<readonly Table[]>
}

/** Begins what `smallBench` will wait for. */
export function beginSmallBench(db: Evidence, at?: Knowledge): SmallParts {
  const parts = {
    bench: SmallWorkbench.open(),
    deliveries: Promise.all(Object.entries(DELIVERIES).map(([table, columns]) => readTable(db, table, columns))),
  }
  // Whoever needs them asks again, and is told what went wrong.
  for (const part of [...Object.values(parts), ...(at === undefined ? [] : [licenceDataAt(db, at)])])
    part.catch(() => undefined)
  return parts
}

/** Null where there is too much for it. */
export async function smallBench(
  db: Evidence,
  { subjects, reader }: Gathered,
  parts = beginSmallBench(db),
): Promise<ConflictBench | null> {
  const { speakers } = await catalogueOf(db)
  const [bench, kept, deliveries] = await Promise.all([
    parts.bench,
    readKept(reader, speakers, subjects),
    parts.deliveries,
  ])
  const count = [...Object.values(kept), ...deliveries.map(({ rows }) => rows)].reduce(
    (sum, { length }) => sum + length,
    0,
  )
  if (count > MOST_ROWS || !isExact(kept) || !areReadAlike(kept)) return null
  const facts = factsOfRows(statedRows(kept))
  if (count + facts.repertoire.length > MOST_ROWS) return null
  const sets = await readSets(db, kept)
  for (const relation of READ) {
    const columns = keptColumns(relation)
    bench.fill(
      `kept_${relation}`,
      ['statement_row', ...columns.map(({ name }) => name)],
      kept[relation].map((row) => smallRow(row, columns)),
    )
  }
  for (const { table, columns, rows } of deliveries) bench.fill(table, columns, rows as readonly SmallRow[])
  fillFacts(bench, { rows: facts })
  fillTerritories(bench, sets)
  await bench.run(`${sqlSaid('k.rowid - 1')};CREATE OR REPLACE TEMP TABLE text_atoms AS ${textAtoms}`)
  return {
    stored: new Set(speakers.keys()),
    reader,
    run: (sql, parameters) => bench.run(sql, parameters),
    rows: (sql, parameters) => bench.rows(sql, parameters),
    see: async (knowledge) => {
      const { feeds: numbers } = await catalogueOf(db)
      const { feeds, rights } = await licenceDataAt(db, knowledge)
      const received = [...numbers].filter(([, name]) => feeds.includes(name)).map(([number]) => number)
      await seeOnBench(bench, knowledge, { feeds: received, rights })
      await bench.run(sqlSeen(knowledge))
    },
  }
}

/** All that is stated of the subjects, in the order of the tables; what the reader has read is not read again. */
async function readKept(
  reader: StatementReader,
  speakers: Catalogue['speakers'],
  subjects: readonly SubjectRef[],
): Promise<KeptRows> {
  const kindOf = (relation: string) => RELATIONS[relation as RelationName].subject.kind
  const read = await Promise.all(
    READ.map(async (relation) => {
      const feeds = speakers.get(relation)
      const own = subjects
        .filter((one) => kindOf(one.relation) === kindOf(relation) && (one.feed === undefined || feeds?.has(one.feed)))
        .map(({ sql }) => sql)
      if (feeds === undefined || own.length === 0) return [relation, []] as const
      const statements = await reader.read({ relation: RELATIONS[relation], subjects: own, limit: MOST_ROWS + 1 })
      const rows = new Map(statements.map((one) => reader.rowOf(one)).map((row) => [Number(row.place), row]))
      return [relation, [...rows].sort(([a], [b]) => a - b).map(([, row]) => row)] as const
    }),
  )
  return Object.fromEntries(read) as unknown as KeptRows
}

interface Table {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

async function readTable(db: Evidence, table: string, columns: string): Promise<Table> {
  const rows = await db.rowsAside(`SELECT ${columns} FROM ${table} ${CONDITIONS[table] ?? ''} LIMIT ${MOST_ROWS + 1}`)
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'boolean' ? Number(value) : value]),
    ),
  )
  return { table, columns: columns.split(', '), rows: plain }
}

/** Whether no sum can be more than a whole number holds. */
function isExact(kept: KeptRows): boolean {
  const sum = (relation: ReadRelation, column: string) =>
    kept[relation].reduce((total, row) => total + Math.abs(Number(row[column] ?? 0)), 0)
  const sums = [sum('shares', 'share') * 1e6, sum('links', 'weight') * 1e9, sum('usage', 'streams')]
  return sums.every((each) => each <= MOST_UNITS)
}

const isText = (value: Row[string] | undefined): value is string => typeof value === 'string'

const areReadAlike = (kept: KeptRows): boolean =>
  Object.values(kept).every((rows) => rows.every((row) => Object.values(row).filter(isText).every(isReadAlike)))

/** As they stand in a table of SQLite. */
function smallRow(row: Row, columns: readonly { readonly name: string; readonly type: string }[]): SmallRow {
  const values = columns.map(({ name, type }) => [name, smallValue(row[name], type)] as const)
  return { statement_row: Number(row.place), ...Object.fromEntries(values) }
}

function smallValue(value: Row[string] | undefined, type: string): string | number | bigint | null {
  if (value == null) return null
  if (type.startsWith('DECIMAL')) return Number(value)
  return type === 'BIGINT' ? BigInt(String(value)) : typeof value === 'number' ? value : String(value)
}

/** By relation, as the facts of licensing are made of them; rows are numbered as in DuckDB, those of take-downs apart. */
function statedRows(kept: KeptRows): Readonly<Record<string, readonly StatedRow[]>> {
  const rows = READ.map((relation) => {
    const decimals = relationColumns(RELATIONS[relation]).filter(({ type }) => type.startsWith('DECIMAL'))
    const stated = kept[relation].map((row, index): StatedRow => {
      const exact = decimals.map(({ name }) => [name, withoutScale(row[name])] as const)
      return {
        rowId: relation === 'takedowns' ? -1 - index : index,
        values: { ...row, ...Object.fromEntries(exact) } as StatedRow['values'],
        source: { feed: Number(row.feed_no) },
        known: { from: String(row.known_from), to: row.known_to == null ? null : String(row.known_to) },
        relation,
      }
    })
    return [relation, stated] as const
  })
  return Object.fromEntries(rows)
}

/** 40.000000 is 40. */
const withoutScale = (value: Row[string] | undefined): string | null =>
  value == null
    ? null
    : String(value).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros.replace(/0+$/, '')))

interface TerritorySet {
  readonly territories: string
  readonly atoms: string
  readonly valid_from: string | null
  readonly valid_to: string | null
  readonly is_noted: boolean
}

/** The dictionary of territories, of the texts that are kept. */
async function readSets(db: Evidence, kept: KeptRows): Promise<TerritorySet[]> {
  const texts = new Set(
    Object.values(kept).flatMap((rows) =>
      rows.flatMap(({ territories, territory }) =>
        [territories, territory].flatMap((text) => (text == null ? [] : [text])),
      ),
    ),
  )
  if (texts.size === 0) return []
  return (await db.rowsAside(`SELECT territories, CAST(atoms AS VARCHAR) AS atoms, valid_from, valid_to, problems IS NOT NULL AS is_noted
    FROM territory_sets WHERE territories IN (${[...texts].map((text) => literal(String(text))).join(', ')})
    ORDER BY territories, valid_from`)) as unknown as TerritorySet[]
}

function fillTerritories(bench: SmallWorkbench, sets: readonly TerritorySet[]): void {
  bench.fill('territory_sets', ['territories', 'atoms', 'valid_from', 'valid_to'], sets as unknown as SmallRow[])
  bench.fill('atoms', ['count'], [{ count: ATOMS.length }])
  bench.fill(
    'atom_codes',
    ['atom', 'code'],
    ATOMS.map((code, atom) => ({ atom, code })),
  )
  const noted = [...new Set(sets.filter(({ is_noted }) => is_noted).map(({ territories }) => territories))]
  bench.fill('problem_texts', ['territories', 'kind', 'code'], noted.flatMap(notedTerritories))
  bench.fill(
    'problem_atoms',
    ['code', 'atoms'],
    ATOMS.map((code, atom) => ({ code, atoms: '0'.repeat(atom).concat('1').padEnd(ATOMS.length, '0') })),
  )
}
