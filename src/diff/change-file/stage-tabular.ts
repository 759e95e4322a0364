/** Change events of a CSV or Parquet file, as `diff --out` writes them, into the database. */
import { InputError } from '../../errors.js'
import { type OpenedTable, readOpenedTable } from '../../ingest/index.js'
import { CHANGE_OPS, type ChangedColumn, type ChangeSide, changeColumn } from '../../model/change-set.js'
import { literal, quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { freshName } from '../table-names.js'
import type { EventsOptions } from './stage-json.js'
import type { StagedEvents } from './staged-events.js'

const SIDES: readonly ChangeSide[] = ['key', 'before', 'after']

/** A cell of a row of changes: which side and column it is, and the SQL that gives it. */
interface Cell {
  readonly side: ChangeSide
  readonly column: string
  readonly sql: string
  readonly type: string
}

interface Layout {
  readonly from: string
  /** SQL of the place in the file. */
  readonly line: string
  readonly op: string | null
  /** SQL of a list of texts, or NULL. */
  readonly changed: string
  readonly cells: readonly Cell[]
}

/** Throws InputError `change-event` where a column is missing or an op unknown; as the readers of tables do. */
export async function stageTabularEvents(
  db: Evidence,
  opened: OpenedTable,
  options: EventsOptions,
): Promise<StagedEvents> {
  const layout = opened.kind === 'parquet' ? await parquetLayout(db, opened) : await textLayout(db, opened, options)
  const sided = (wanted: ChangeSide): readonly Cell[] => layout.cells.filter(({ side }) => side === wanted)
  if (layout.op === null || sided('key').length === 0) throw noChanges(options.name)
  const columns = columnsOf(layout.cells)
  const cellOf = (side: 'before' | 'after', { name, type }: ChangedColumn): string => {
    const own = layout.cells.find((cell) => cell.side === side && cell.column === name)
    const key = layout.cells.find((cell) => cell.side === 'key' && cell.column === name)
    const sql = own?.sql ?? key?.sql
    const absent = side === 'before' ? 'create' : 'delete'
    const value = sql === undefined ? `NULL::${type}` : `CASE WHEN ${layout.op} <> ${literal(absent)} THEN ${sql} END`
    return `${value} AS ${quoted(changeColumn(side, name))}`
  }
  const table = freshName(db, 'events')
  const rows = (['before', 'after'] as const).flatMap((side) => columns.map((column) => cellOf(side, column)))
  await db.run(
    `CREATE TEMP TABLE ${table} AS SELECT ${layout.line} AS line, ${layout.op} AS op, ${layout.changed} AS changed,
       ${rows.join(', ')} FROM ${layout.from}`,
  )
  await checkOps(db, table, options.name)
  const named = (side: 'before' | 'after') => sided(side).map(({ column }) => column)
  const sides = { before: named('before'), after: named('after') }
  return { table, columns, sides, key: sided('key').map(({ column }) => column) }
}

const noChanges = (name: string): InputError =>
  new InputError(`${name} is no file of changes: it needs the columns op and key.…, before.… and after.… .`, {
    code: 'change-event',
    file: name,
    line: 1,
    suggestions: ['Write one with `recital diff OLD NEW --key … --out FILE`'],
  })

function columnsOf(cells: readonly Cell[]): ChangedColumn[] {
  const columns = new Map<string, ChangedColumn>()
  for (const side of ['before', 'after', 'key'] as const) {
    for (const cell of cells) {
      if (cell.side === side && !columns.has(cell.column))
        columns.set(cell.column, { name: cell.column, type: cell.type })
    }
  }
  return [...columns.values()]
}

async function textLayout(db: Evidence, opened: OpenedTable, { folder, signal, name }: EventsOptions): Promise<Layout> {
  const prefix = `${freshName(db, 'change_file')} `
  const raw = await readOpenedTable(db, opened, { folder, prefix, signal })
  const [bad] = await db.rows(`SELECT line, reject FROM (${raw.select}) WHERE reject IS NOT NULL ORDER BY line LIMIT 1`)
  if (bad !== undefined) {
    throw new InputError(`${name}, line ${bad.line}: the row ${String(bad.reject)}.`, {
      code: 'ragged-row',
      file: name,
      line: Number(bad.line),
    })
  }
  const place = (column: string): string | null => {
    const index = raw.names.findIndex((one) => one.toLowerCase() === column)
    return index < 0 ? null : `c${index}`
  }
  const changed = place('changed')
  return {
    from: `(${raw.select})`,
    line: 'line',
    op: place('op'),
    changed: changed === null ? 'NULL::VARCHAR[]' : `nullif(${changed}, '')::JSON::VARCHAR[]`,
    cells: raw.names.flatMap((full, index) => flatCell(full, `coalesce(c${index}, '')`, 'VARCHAR')),
  }
}

/** The cell that a column called `before.price` holds; none for any other name. */
function flatCell(full: string, sql: string, type: string): Cell[] {
  const side = SIDES.find((one) => full.startsWith(`${one}.`))
  return side === undefined ? [] : [{ side, column: full.slice(side.length + 1), sql, type }]
}

async function parquetLayout(db: Evidence, { source }: OpenedTable): Promise<Layout> {
  const scan = `read_parquet(${literal(source.path)}, file_row_number = true, binary_as_string = true)`
  const described = await db.rows(`DESCRIBE SELECT * FROM ${scan}`)
  const names = described.map(({ column_name }) => String(column_name))
  const cells: Cell[] = []
  for (const { column_name, column_type } of described) {
    const name = String(column_name)
    const side = SIDES.find((one) => one === name)
    if (side === undefined) cells.push(...flatCell(name, quoted(name), String(column_type)))
    else if (String(column_type).startsWith('STRUCT(')) {
      const fields = await db.rows(`DESCRIBE SELECT ${quoted(side)}.* FROM ${scan}`)
      for (const field of fields) {
        const column = String(field.column_name)
        const sql = `struct_extract(${quoted(side)}, ${literal(column)})`
        cells.push({ side, column, sql, type: String(field.column_type) })
      }
    }
  }
  return {
    from: scan,
    line: 'file_row_number + 1',
    op: names.includes('op') ? 'op' : null,
    changed: names.includes('changed') ? 'changed' : 'NULL::VARCHAR[]',
    cells,
  }
}

async function checkOps(db: Evidence, table: string, name: string): Promise<void> {
  const known = CHANGE_OPS.map(literal).join(', ')
  const [bad] = await db.rows(
    `SELECT line, op FROM ${table} WHERE op IS NULL OR op NOT IN (${known}) ORDER BY line LIMIT 1`,
  )
  if (bad === undefined) return
  throw new InputError(`${name}, line ${bad.line}: its op is ${JSON.stringify(bad.op)}.`, {
    code: 'change-event',
    file: name,
    line: Number(bad.line),
    suggestions: [`An op is one of ${CHANGE_OPS.join(', ')}`],
  })
}
