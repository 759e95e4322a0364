/** The two files of a diff as tables that SQL can read. */
import { InputError } from '../errors.js'
import { type OpenedTable, openTable, plainCsvHeader, readOpenedTable, textSql } from '../ingest/index.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { DiffFile, DiffOptions } from './request.js'
import { freshName } from './table-names.js'

/** What the rows of a file can be read as. */
export interface Side {
  readonly file: DiffFile
  readonly opened: OpenedTable
  /** Its columns in its order, trimmed. */
  readonly names: readonly string[]
  /** What separates the cells of each line, where every line may be a record; whether it is, each line tells. */
  readonly plain: { readonly delimiter: string; readonly header: readonly string[]; readonly hasQuote: boolean } | null
  /** DuckDB's types of its columns where the file declares them (Parquet), else null. */
  readonly types: readonly string[] | null
  /** Whether it can tell an empty text from no value. */
  readonly hasNulls: boolean
}

/** A file whose lines are longer than this is not read line by line. */
const LINE_LIMIT = 16 * 1024 ** 2

/** Opens both files. Throws InputError as opening and reading headers do. */
export async function openSides(db: Evidence, options: DiffOptions): Promise<{ old: Side; new: Side }> {
  const wanted = [...options.key, ...(options.rename?.keys() ?? []), ...(options.rename?.values() ?? [])]
  return {
    old: await openSide(db, options.old, wanted, options),
    new: await openSide(db, options.new, wanted, options),
  }
}

/** What reading takes besides the file. */
export type ReadOptions = Pick<DiffOptions, 'folder' | 'signal'>

/** Opens one file; `wanted` are columns that it should have. Throws InputError as opening and reading headers do. */
export async function openSide(
  db: Evidence,
  file: DiffFile,
  wanted: readonly string[],
  { folder, signal }: ReadOptions,
): Promise<Side> {
  const { name } = file
  const opened = await openTable(file.path, {
    name,
    folder,
    wanted,
    ...(signal === undefined ? {} : { signal }),
  })
  const { facts, kind } = opened
  if (kind === 'parquet') return { file, opened, plain: null, hasNulls: true, ...(await parquetColumns(db, opened)) }
  if (kind !== 'csv') return { file, opened, names: [], plain: null, types: null, hasNulls: true }
  const isPlain =
    facts.isUtf8 &&
    !facts.hasNul &&
    facts.loneCarriageReturns === 0 &&
    (facts.carriageReturnLineFeeds === 0 || facts.carriageReturnLineFeeds >= facts.lines - 1) &&
    facts.longestLine <= LINE_LIMIT
  const header = isPlain ? await plainCsvHeader(opened) : null
  const plain = header === null ? null : { delimiter: opened.delimiter ?? ',', header, hasQuote: facts.hasQuote }
  return { file, opened, names: header ?? [], plain, types: null, hasNulls: false }
}

async function parquetColumns(db: Evidence, { source }: OpenedTable): Promise<Pick<Side, 'names' | 'types'>> {
  try {
    const described = await db.rows(`DESCRIBE SELECT * FROM ${parquetScan(source.path)}`)
    const own = described.filter(({ column_name }) => column_name !== 'file_row_number')
    return {
      names: own.map(({ column_name }) => String(column_name)),
      types: own.map(({ column_type }) => String(column_type)),
    }
  } catch (error) {
    throw new InputError(`The Parquet file ${source.name} is damaged or of a kind that is not read.`, {
      code: 'damaged',
      file: source.name,
      cause: error,
      suggestions: ['Ask for the file again or copy it again, and compare its size and check sum'],
    })
  }
}

const parquetScan = (path: string): string =>
  `read_parquet(${literal(path)}, file_row_number = true, binary_as_string = true)`

/** The rows of a file, each cell by itself. */
export interface SideRows {
  /**
   * Table or SELECT in brackets: `line` BIGINT (place in the file), `reject` (why it is no row, else NULL) and `c0`, `c1`, …
   * with the cells: text, or what a Parquet file declares.
   */
  readonly from: string
  readonly names: readonly string[]
  readonly types: readonly string[] | null
}

/** Reads a side cell by cell: Parquet where it is, everything else into temporary tables. */
export async function readSide(db: Evidence, side: Side, { folder, signal }: ReadOptions): Promise<SideRows> {
  const { opened } = side
  if (opened.kind === 'parquet' && side.types !== null) {
    const cells = side.names.map((name, index) => `${quoted(name)} AS c${index}`)
    const from = `(SELECT file_row_number + 1 AS line, NULL::VARCHAR AS reject, ${cells.join(', ')} FROM ${parquetScan(opened.source.path)})`
    return { from, names: side.names, types: side.types }
  }
  const raw = await readOpenedTable(db, opened, { folder, prefix: `${freshName(db, 'side')} `, signal })
  if (opened.kind !== 'csv') return { from: `(${raw.select})`, names: raw.names, types: null }
  // The database's CSV reader gives no value for an empty cell; the file has an empty text there.
  const cells = raw.names.map((_, index) => `coalesce(c${index}, '') AS c${index}`)
  return {
    from: `(SELECT line, reject, ${cells.join(', ')} FROM (${raw.select}))`,
    names: raw.names,
    types: null,
  }
}

/** SQL for the text of a cell of any type. */
export const cellText = (cell: string, type: string | null): string => (type === null ? cell : textSql(cell, type))

/** SELECT in brackets of the lines `l` of a plain side, without header and blank lines; no order, no numbers. */
export const plainLines = (side: Side): string => lineScan(side, 1)

/** SELECT in brackets of the lines `l` of a text file after the first `skip`, without blank ones; no order, no numbers. */
export function lineScan({ opened }: Side, skip: number): string {
  const size = Math.max(2_097_152, opened.facts.longestLine + 1024)
  return `(SELECT l FROM read_csv(${literal(opened.source.path)}, delim = e'\\x1f\\x1e\\x1d\\x1c', header = false, skip = ${skip}, quote = '',
    escape = '', comment = '', auto_detect = false, compression = 'none', columns = {'l': 'VARCHAR'},
    max_line_size = ${size}, buffer_size = ${2 * size})${opened.facts.emptyLines === 0 ? '' : ` WHERE l <> ''`})`
}
