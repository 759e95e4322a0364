/** Appends rows from JavaScript to a temporary table of all-nullable columns, in data chunks. */
import type { DuckDBAppender } from '@duckdb/node-api'
import { InternalError } from '../errors.js'
import { quoted } from './columns.js'
import type { Evidence } from './duckdb.js'
import { type DuckDBClient, loadClient } from './duckdb-library.js'

/** Rows per data chunk: DuckDB's own vector size. */
const CHUNK_ROWS = 2048

export interface AppendedColumn {
  readonly name: string
  readonly type: 'INTEGER' | 'BIGINT' | 'VARCHAR'
}

export type AppendedValue = string | number | null

/** `append` is synchronous and cheap; rows reach the table in chunks, all of them by `flush()` or `close()`. */
export class RowAppender {
  private rows: AppendedValue[][] = []

  private constructor(
    private readonly duckdb: DuckDBClient,
    private readonly appender: DuckDBAppender,
    private readonly columns: readonly AppendedColumn[],
  ) {}

  /** Creates the temporary table (name not yet quoted) and an appender to it. */
  static async create(db: Evidence, table: string, columns: readonly AppendedColumn[]): Promise<RowAppender> {
    const definitions = columns.map(({ name, type }) => `${quoted(name)} ${type}`)
    await db.run(`CREATE TEMP TABLE ${quoted(table)} (${definitions.join(', ')})`)
    return new RowAppender(await loadClient(), await db.appender(table), columns)
  }

  append(row: AppendedValue[]): void {
    if (row.length !== this.columns.length) throw new InternalError('row of wrong width', { code: 'appender' })
    this.rows.push(row)
    if (this.rows.length === CHUNK_ROWS) this.appendChunk()
  }

  flush(): void {
    if (this.rows.length > 0) this.appendChunk()
    this.appender.flushSync()
  }

  close(): void {
    this.flush()
    this.appender.closeSync()
  }

  private appendChunk(): void {
    const chunk = this.duckdb.DuckDBDataChunk.create(
      this.columns.map(({ type }) => this.duckdb[type]),
      this.rows.length,
    )
    this.columns.forEach(({ type }, index) => {
      const values = this.rows.map((row) => row[index] ?? null)
      chunk.setColumnValues(
        index,
        type === 'BIGINT' ? values.map((value) => (value === null ? null : BigInt(value))) : values,
      )
    })
    this.appender.appendDataChunk(chunk)
    this.rows = []
  }
}
