/** Writing relations to files: whole or not at all, in their order, the same bytes for any number of threads. */
import { UsageError } from '../errors.js'
import { textSql } from '../ingest/index.js'
import { writeLargeFile } from '../report/index.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type JsonMember, jsonObject } from './json-text.js'

export type RowFormat = 'jsonl' | 'csv' | 'tsv' | 'parquet'

export interface OutputFile {
  /** Absolute path, in a folder that the database may write to. */
  readonly path: string
  /** As the user named it. */
  readonly name: string
  readonly overwrite: boolean
}

/** The format that a file's name asks for. Throws UsageError `unknown-format`. */
export function formatOf(name: string): RowFormat {
  const ending = /\.(jsonl|ndjson|csv|tsv|parquet)$/i.exec(name)?.[1]?.toLowerCase()
  if (ending === 'ndjson') return 'jsonl'
  if (ending !== undefined) return ending as RowFormat
  throw new UsageError(`The name ${name} does not say how to write it.`, {
    code: 'unknown-format',
    excerpt: name,
    suggestions: ['Let it end in .jsonl, .csv, .tsv or .parquet'],
  })
}

/** Rows to write: SQL that comes after SELECT … , and the columns. */
export interface Rows {
  readonly from: string
  readonly order: string
  readonly columns: readonly JsonMember[]
}

/** Writes each row of a relation as a row of a table. Throws as `writeLargeFile` does. */
export async function writeRows(db: Evidence, rows: Rows, file: OutputFile, format: RowFormat): Promise<void> {
  const { from, order, columns } = rows
  if (format === 'jsonl') return writeLines(db, { line: jsonObject(columns), from, order }, file)
  if (format === 'parquet') {
    const cells = columns.map(({ name, value }) => `${value} AS ${quoted(name)}`)
    return copy(db, `SELECT ${cells.join(', ')} FROM ${from} ORDER BY ${order}`, file, PARQUET)
  }
  // A CSV file cannot tell an empty text from no value; both are an empty cell.
  const cells = columns.map(({ name, value, type }) => `nullif(${csvText(value, type)}, '') AS ${quoted(name)}`)
  const delimiter = format === 'tsv' ? 'chr(9)' : `','`
  return copy(
    db,
    `SELECT ${cells.join(', ')} FROM ${from} ORDER BY ${order}`,
    file,
    `FORMAT csv, HEADER true, DELIMITER ${delimiter === 'chr(9)' ? "'\t'" : delimiter}, NULLSTR ''`,
  )
}

const csvText = (value: string, type: string): string => (type === 'VARCHAR' ? value : textSql(value, type))

export const PARQUET = 'FORMAT parquet, COMPRESSION zstd'

/** Writes one text per row as a line. No text may hold a line end. */
export async function writeLines(
  db: Evidence,
  { line, from, order }: { readonly line: string; readonly from: string; readonly order: string },
  file: OutputFile,
): Promise<void> {
  // JSON holds no control characters, so the delimiter is in no line, and nothing needs quotes.
  await copy(
    db,
    // Not called `line`: the order may be that of a column of this name, and an alias would come before it.
    `SELECT ${line} AS written FROM ${from} ORDER BY ${order}`,
    file,
    `FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'`,
  )
}

/** Writes what a SELECT gives with COPY's options. */
export async function copy(db: Evidence, select: string, file: OutputFile, options: string): Promise<void> {
  await writeLargeFile(file, async (beside) => {
    await db.run(`COPY (${select}) TO ${literal(beside)} (${options})`)
  })
}
