/** An open DuckDB file: statements on its connections, one after the other or side by side, interrupted and closed as one. */
import type { DuckDBAppender } from '@duckdb/node-api'
import type { Connection, Database, DataChunk, PreparedStatement, Result } from '@duckdb/node-bindings'
import { CancelledError, InternalError } from '../errors.js'
import { translateDuckDBError } from './duckdb-errors.js'
import { loadClient, type NativeDuckDB } from './duckdb-library.js'
import { plainValues, type ResultColumns, resultDescriber } from './duckdb-plain.js'
import { bindParameters, type Row, rowConverter, type SqlParameters, type SqlValue } from './duckdb-values.js'

/** An open evidence file. */
export interface Evidence {
  readonly path: string
  /** `read`: published evidence, the same as long as it is open. */
  readonly mode: 'read' | 'write'
  /** Runs one or more statements; returns the number of rows the last one changed. */
  run(sql: string, parameters?: SqlParameters): Promise<number>
  /** Runs a query with a small answer; one object per row, in the query's order. */
  rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]>
  /**
   * Like `rows`, beside other queries of this kind, as long as nothing can change: each on a connection of its own,
   * without temporary tables. Evidence that is being written is asked as `rows` does.
   */
  rowsAside<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]>
  /**
   * Runs a query with an answer of any size on a connection of its own: it sees committed tables only, no temporary
   * ones. Leaving the loop early ends the query.
   */
  stream<T extends Row = Row>(sql: string, parameters?: SqlParameters): AsyncIterableIterator<T>
  /** Opens an appender on a table; rows become visible when it is flushed or closed. For bulk loading in `store/`. */
  appender(table: string): Promise<DuckDBAppender>
  /** Ends whatever runs now; it rejects with CancelledError. Later statements are not affected. */
  interrupt(): void
  /** Ends what runs and releases the file; the second call does nothing. */
  close(): Promise<void>
}

const INTERRUPT_EVERY_MS = 20

export class OpenEvidence implements Evidence {
  readonly path: string
  readonly mode: 'read' | 'write'
  readonly #native: NativeDuckDB
  readonly #database: Database
  readonly #main: Connection
  readonly #describe: (result: Result) => ResultColumns
  /** Connections of open streams. Any other statement on one of them would end its stream without an error. */
  readonly #streams = new Set<Connection>()
  /** Connections of `rowsAside`, and those of them that are idle. */
  readonly #aside = new Set<Connection>()
  readonly #idle: Connection[] = []
  /** Native calls under way; a connection must not be dropped under them. */
  readonly #underway = new Set<Promise<unknown>>()
  /** How often it was interrupted: a stream begun before that has ended, even between two batches. */
  #interruptions = 0
  #stopping: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(path: string, mode: Evidence['mode'], native: NativeDuckDB, database: Database, main: Connection) {
    this.path = path
    this.mode = mode
    this.#native = native
    this.#database = database
    this.#main = main
    this.#describe = resultDescriber(native)
  }

  async run(sql: string, parameters?: SqlParameters): Promise<number> {
    return this.#native.rows_changed(await this.#call(() => this.#execute(this.#main, sql, parameters)))
  }

  rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]> {
    return this.#rowsBy(this.#main, sql, parameters)
  }

  async rowsAside<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]> {
    if (this.mode === 'write') return this.rows(sql, parameters)
    const connection = this.#idle.pop() ?? (await this.#connect())
    this.#aside.add(connection)
    try {
      return await this.#rowsBy(connection, sql, parameters)
    } finally {
      this.#idle.push(connection)
    }
  }

  async #rowsBy<T extends Row>(
    connection: Connection,
    sql: string,
    parameters: SqlParameters | undefined,
  ): Promise<T[]> {
    const result = await this.#call(() => this.#execute(connection, sql, parameters))
    const columns = this.#describe(result)
    const rows: T[] = []
    for (let index = 0; index < this.#native.result_chunk_count(result); index += 1) {
      rows.push(...(await this.#rowsOf<T>(this.#native.result_get_chunk(result, index), columns)))
    }
    return rows
  }

  async *stream<T extends Row = Row>(sql: string, parameters?: SqlParameters): AsyncIterableIterator<T> {
    const begun = this.#interruptions
    const connection = await this.#connect()
    this.#streams.add(connection)
    try {
      const result = await this.#call(() =>
        this.#bound(connection, sql, parameters, (statement) => this.#native.execute_prepared_streaming(statement)),
      )
      const columns = this.#describe(result)
      for (;;) {
        if (this.#interruptions !== begun) throw new CancelledError('Cancelled.', { code: 'cancelled' })
        const chunk = await this.#call(() => this.#native.fetch_chunk(result))
        if (chunk === null || this.#native.data_chunk_get_size(chunk) === 0) return
        yield* await this.#rowsOf<T>(chunk, columns)
      }
    } finally {
      // After close() the connection is gone already.
      if (this.#streams.delete(connection)) this.#native.disconnect_sync(connection)
    }
  }

  #connect(): Promise<Connection> {
    return this.#call(() => this.#native.connect(this.#database))
  }

  #execute(connection: Connection, sql: string, parameters: SqlParameters | undefined): Promise<Result> {
    if (parameters === undefined) return this.#native.query(connection, sql)
    return this.#bound(connection, sql, parameters, (statement) => this.#native.execute_prepared(statement))
  }

  /** Prepares one statement, binds its values and hands it to `execute`. */
  async #bound(
    connection: Connection,
    sql: string,
    parameters: SqlParameters | undefined,
    execute: (statement: PreparedStatement) => Promise<Result>,
  ): Promise<Result> {
    const statement = await this.#native.prepare(connection, sql)
    try {
      bindParameters(this.#native, statement, parameters ?? {})
      return await execute(statement)
    } finally {
      this.#native.destroy_prepare_sync(statement)
    }
  }

  async #rowsOf<T extends Row>(chunk: DataChunk, columns: ResultColumns): Promise<T[]> {
    const rows = plainValues(this.#native, chunk, columns) ?? (await this.#byClient(chunk))
    return rows.map((values) => {
      const row: Row = {}
      columns.names.forEach((name, index) => {
        row[name] = values[index] ?? null
      })
      return row as T
    })
  }

  /** The values of a chunk of which some are of a rare type. */
  async #byClient(chunk: DataChunk): Promise<SqlValue[][]> {
    const client = await loadClient()
    return new client.DuckDBDataChunk(chunk).convertRows(rowConverter(client))
  }

  async appender(table: string): Promise<DuckDBAppender> {
    const client = await loadClient()
    return this.#call(() => new client.DuckDBConnection(this.#main).createAppender(table))
  }

  interrupt(): void {
    if (this.#closing !== undefined) return
    this.#stopping ??= this.#stop()
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut()
    return this.#closing
  }

  /**
   * Interrupts what is under way until it ends: a single signal is lost when it comes before a statement has started
   * or between two statements of one call.
   */
  async #stop(): Promise<void> {
    const calls = Promise.allSettled([...this.#underway])
    this.#interruptions += 1
    const signal = () => {
      for (const connection of [this.#main, ...this.#aside, ...this.#streams]) this.#native.interrupt(connection)
    }
    signal()
    const repeated = setInterval(signal, INTERRUPT_EVERY_MS)
    await calls
    clearInterval(repeated)
    this.#stopping = undefined
  }

  async #shut(): Promise<void> {
    await this.#stop()
    for (const connection of [...this.#aside, ...this.#streams, this.#main]) this.#native.disconnect_sync(connection)
    this.#streams.clear()
    this.#native.close_sync(this.#database)
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    // What starts now must not get the signals for what is being stopped.
    if (this.#stopping !== undefined) await this.#stopping
    if (this.#closing !== undefined) {
      throw new InternalError('The evidence was used after it was closed.', { code: 'evidence-closed' })
    }
    const call = work()
    this.#underway.add(call)
    try {
      return await call
    } catch (error) {
      throw translateDuckDBError(error, this.path)
    } finally {
      this.#underway.delete(call)
    }
  }
}
