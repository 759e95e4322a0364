/** The gathered statements of one recording as the fact tables. */
import { validIdentifiers } from '../../model/identifiers/parse.js'
import type { Evidence } from '../../store/duckdb.js'
import type { Statement } from '../../store/evidence/statements.js'
import type { SmallWorkbench } from '../../store/small-workbench.js'
import type { RecordingFacts } from './gather.js'
import {
  FACT_TABLE_NAMES,
  FACT_TABLES,
  type FactColumn,
  type FactRow,
  type FactTable,
  factColumns,
  sqlFactTable,
} from './tables.js'
import { REFERENCES } from './views.js'

/** What one recording's degrees rest on, as rows, and the statement behind each `row_id`. */
export interface CaseFacts {
  readonly rows: Readonly<Record<FactTable, readonly FactRow[]>>
  readonly statements: ReadonlyMap<number, Statement>
}

/** The gathered statements as rows of the fact tables. */
export function factsOf(facts: RecordingFacts): CaseFacts {
  const statements = new Map<number, Statement>()
  const rows: Record<FactTable, FactRow[]> = emptyTables()
  const items = itemsInReach(facts)
  for (const [relation, found] of Object.entries(facts.statements)) {
    for (const statement of found) {
      const rowId = statements.size
      statements.set(rowId, statement)
      rows[relation as FactTable].push(factOf(relation as FactTable, rowId, statement))
      if (relation === 'licences' || relation === 'takedowns')
        rows.repertoire.push(...repertoireOf(rowId, statement, items))
    }
  }
  return { rows, statements }
}

/** A row as it is stated, with the number that its facts have. */
export interface StatedRow extends Stated {
  readonly rowId: number
}

/** What facts are made of. */
interface Stated extends Pick<Statement, 'relation' | 'values'> {
  readonly source: { readonly feed: string | number }
  readonly known: { readonly from: string; readonly to: string | null }
}

/** Rows of the fact tables, by relation; of repertoires everything that is listed. */
export function factsOfRows(stated: Readonly<Record<string, readonly StatedRow[]>>): CaseFacts['rows'] {
  const rows: Record<FactTable, FactRow[]> = emptyTables()
  for (const table of FACT_TABLE_NAMES) {
    for (const one of stated[table] ?? []) {
      rows[table].push(factOf(table, one.rowId, one))
      if (table === 'licences' || table === 'takedowns') rows.repertoire.push(...repertoireOf(one.rowId, one, null))
    }
  }
  return rows
}

/** Makes the fact tables in DuckDB. */
export async function loadFacts(db: Evidence, { rows }: CaseFacts): Promise<void> {
  for (const table of FACT_TABLE_NAMES) await db.run(sqlFactTable(table), { rows: JSON.stringify(rows[table]) })
}

/** Makes the fact tables on a workbench. */
export function fillFacts(bench: SmallWorkbench, { rows }: Pick<CaseFacts, 'rows'>): void {
  for (const table of FACT_TABLE_NAMES) {
    const columns: readonly FactColumn[] = factColumns(table)
    const names = columns.map(({ name }) => name)
    bench.fill(
      `fact_${table}`,
      names,
      rows[table].map((row) =>
        Object.fromEntries(columns.map((column) => [column.name, smallValue(column, row[column.name] ?? null)])),
      ),
    )
  }
}

/** As `sqlFactValue` has it. Instants lose their Z: without it, the order of texts is the order of time. */
function smallValue({ type, otherwise, decimals }: FactColumn, value: Cell): string | number | bigint | null {
  if (value === null) return otherwise ?? null
  if (type === 'TIMESTAMP') return instantText(String(value))
  if (decimals !== undefined) return inUnits(String(value), decimals)
  return type === 'BIGINT' ? BigInt(value) : value
}

const instantText = (text: string): string => (text.length === 10 ? `${text}T00:00:00` : text.replace('Z', ''))

/** A stored decimal, which has no more decimals than these, as a whole number of its last one. */
export function inUnits(text: string, decimals: number): bigint {
  const [whole = '', rest = ''] = text.split('.')
  return BigInt(whole + rest.padEnd(decimals, '0'))
}

const emptyTables = (): Record<FactTable, FactRow[]> =>
  Object.fromEntries(FACT_TABLE_NAMES.map((name) => [name, []])) as unknown as Record<FactTable, FactRow[]>

type Cell = string | number | null

const cell = (statement: Stated, name: string): Cell => {
  const value = statement.values[name]
  return value === undefined || value === null || typeof value === 'boolean' ? null : value
}

function common(rowId: number, { source, known }: Stated): Record<string, Cell> {
  return { row_id: rowId, feed: source.feed, known_from: known.from, known_to: known.to }
}

function factOf(table: FactTable, rowId: number, statement: Stated): FactRow {
  const row = common(rowId, statement)
  for (const { name, stored } of FACT_TABLES[table]) {
    const reference = REFERENCES[name]
    if (reference !== undefined) {
      const [column, kind] = reference
      row[name] = validIdentifiers(kind, String(cell(statement, column) ?? ''))[0] ?? null
    } else if (stored !== null) row[name] = cell(statement, stored)
  }
  // A date given in full has one reading.
  for (const end of ['from', 'to']) row[`${end}_last`] ??= row[`${end}_first`] ?? null
  if (table === 'licences') row.repertoire_kind = repertoireKind(statement)
  return row
}

/** What a licence covers of its licensor: `all`, a `list`, or what cannot be shown or is disputed (contract 1). */
function repertoireKind(statement: Stated): 'all' | 'list' | 'unproven' | 'disputed' {
  const repertoire = String(cell(statement, 'repertoire') ?? '').trim()
  if (repertoire === '') return cell(statement, 'coverage') === 'whole-right' ? 'all' : 'unproven'
  const word = repertoire.toLowerCase()
  return word === 'all' || word === 'unproven' || word === 'disputed' ? word : 'list'
}

interface Items {
  readonly local: ReadonlySet<string>
  readonly isrcs: ReadonlySet<string>
  readonly iswcs: ReadonlySet<string>
}

/** Ids and codes of what was gathered: a list of a label's whole catalogue is cut down to these. */
function itemsInReach({ statements }: RecordingFacts): Items {
  const of = (relation: string) => statements[relation] ?? []
  const codes = (relation: string, column: string) =>
    of(relation).flatMap((statement) => String(cell(statement, column) ?? '').split('|'))
  const ids = (relation: string, column: string) =>
    of(relation).map((statement) => `${statement.source.feed} ${cell(statement, column)}`)
  return {
    local: new Set([
      ...ids('recordings', 'recording_id'),
      ...ids('works', 'work_id'),
      ...ids('links', 'recording_id'),
      ...ids('links', 'work_id'),
      ...ids('shares', 'work_id'),
    ]),
    isrcs: new Set([
      ...codes('recordings', 'isrc'),
      ...of('links').flatMap((link) => validIdentifiers('isrc', String(cell(link, 'recording_id') ?? ''))),
    ]),
    iswcs: new Set([
      ...codes('works', 'iswc'),
      ...[...of('links'), ...of('shares')].flatMap((row) =>
        validIdentifiers('iswc', String(cell(row, 'work_id') ?? '')),
      ),
    ]),
  }
}

/** @param reach null: whatever it lists */
function repertoireOf(rowId: number, statement: Stated, reach: Items | null): FactRow[] {
  const isList = statement.relation === 'takedowns' || repertoireKind(statement) === 'list'
  if (!isList || cell(statement, 'repertoire') === null) return []
  const items = new Set(
    String(cell(statement, 'repertoire') ?? '')
      .split('|')
      .map((item) => item.trim()),
  )
  return [...items].flatMap((item) => {
    const isrc = validIdentifiers('isrc', item).find((code) => reach?.isrcs.has(code) ?? true) ?? null
    const iswc = validIdentifiers('iswc', item).find((code) => reach?.iswcs.has(code) ?? true) ?? null
    const isNear = isrc !== null || iswc !== null || (reach?.local.has(`${statement.source.feed} ${item}`) ?? true)
    return isNear ? [{ ...common(rowId, statement), item, isrc, iswc }] : []
  })
}
