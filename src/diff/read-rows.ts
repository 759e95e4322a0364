/** The rows of one file by themselves, for whoever must count more than what changed. */
import type { ChangedColumn } from '../model/change-set.js'
import { quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type ColumnType, readAs } from './column-types.js'
import type { DiffFile } from './request.js'
import { cellText, openSide, readSide } from './sides.js'

export interface FileRows {
  /** SELECT in brackets, one row per row of the file that can be read; its columns have their own names. */
  readonly from: string
  readonly columns: readonly ChangedColumn[]
}

export interface ReadRowsOptions {
  /** Existing folder for temporary files, allowed to the database; the caller removes it. */
  readonly folder: string
  /** Declared types; other columns are text, or what a Parquet file declares. Names that the file has not are ignored. */
  readonly types: ReadonlyMap<string, ColumnType>
  readonly signal?: AbortSignal | undefined
}

/** Reads a file as the diff does. A value that is not of its declared type is NULL here. Throws as opening does. */
export async function readRows(db: Evidence, file: DiffFile, options: ReadRowsOptions): Promise<FileRows> {
  const side = await openSide(db, file, [...options.types.keys()], options)
  const { from, names, types } = await readSide(db, side, options)
  const columns = names.map((name, index) => {
    const own = types?.[index] ?? null
    const declared = options.types.get(name)
    const cell = `c${index}`
    const sql = declared === undefined ? cell : readAs(cellText(cell, own), declared)
    return { name, type: declared?.sql ?? own ?? 'VARCHAR', sql }
  })
  const cells = columns.map(({ name, sql }) => `${sql} AS ${quoted(name)}`)
  return { from: `(SELECT ${cells.join(', ')} FROM ${from} WHERE reject IS NULL)`, columns }
}
