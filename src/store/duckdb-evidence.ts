/** An open DuckDB file: statements on its connections, one after the other or side by side, interrupted and closed as one. */
import type { DuckDBAppender, DuckDBConnection, DuckDBInstance, DuckDBMaterializedResult } from '@duckdb/node-api'
import { CancelledError, InternalError } from '../errors.js'
import { translateDuckDBError } from './duckdb-errors.js'
import {
  type BoundParameters,
  bindParameters,
  type DuckDBModule,
  type Row,
  rowConverter,
  type SqlParameters,
} from './duckdb-values.js'

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

/** Runs one statement with values: with fewer waits than the client's own way, which is made for several. */
async function runBound(
  connection: DuckDBConnection,
  sql: string,
  { values, types }: BoundParameters,
): Promise<DuckDBMaterializedResult> {
  const statement = await connection.prepare(sql)
  try {
    statement.bind(values, types)
    return await statement.run()
  } finally {
    statement.destroySync()
  }
}

export class OpenEvidence implements Evidence {
  readonly path: string
  readonly mode: 'read' | 'write'
  readonly #duckdb: DuckDBModule
  readonly #instance: DuckDBInstance
  readonly #main: DuckDBConnection
  readonly #convert: ReturnType<typeof rowConverter>
  /** Connections of open streams. Any other statement on one of them would end its stream without an error. */
  readonly #streams = new Set<DuckDBConnection>()
  /** Connections of `rowsAside`, and those of them that are idle. */
  readonly #aside = new Set<DuckDBConnection>()
  readonly #idle: DuckDBConnection[] = []
  /** Native calls under way; a connection must not be dropped under them. */
  readonly #underway = new Set<Promise<unknown>>()
  /** How often it was interrupted: a stream begun before that has ended, even between two batches. */
  #interruptions = 0
  #stopping: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(
    path: string,
    mode: Evidence['mode'],
    duckdb: DuckDBModule,
    instance: DuckDBInstance,
    main: DuckDBConnection,
  ) {
    this.path = path
    this.mode = mode
    this.#duckdb = duckdb
    this.#instance = instance
    this.#main = main
    this.#convert = rowConverter(duckdb)
  }

  async run(sql: string, parameters?: SqlParameters): Promise<number> {
    const { values, types } = this.#bind(parameters)
    const result = await this.#call(() => this.#main.run(sql, values, types))
    return Number(result.rowsChanged)
  }

  rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]> {
    return this.#rowsBy(this.#main, sql, parameters)
  }

  async rowsAside<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]> {
    if (this.mode === 'write') return this.rows(sql, parameters)
    const connection = this.#idle.pop() ?? (await this.#call(() => this.#instance.connect()))
    this.#aside.add(connection)
    try {
      return await this.#rowsBy(connection, sql, parameters)
    } finally {
      this.#idle.push(connection)
    }
  }

  async #rowsBy<T extends Row>(
    connection: DuckDBConnection,
    sql: string,
    parameters: SqlParameters | undefined,
  ): Promise<T[]> {
    const bound = parameters === undefined ? undefined : bindParameters(this.#duckdb, parameters)
    const result = await this.#call(() =>
      bound === undefined ? connection.run(sql) : runBound(connection, sql, bound),
    )
    return this.#rowsOf(result)
  }

  /** The rows of an answer that is there in whole: without a wait for each of its parts. */
  #rowsOf<T extends Row>(result: DuckDBMaterializedResult): T[] {
    const names = result.deduplicatedColumnNames()
    const parts = Array.from({ length: result.chunkCount }, (_, index) => result.getChunk(index))
    const rows = parts.flatMap((part) => part.convertRows(this.#convert))
    return rows.map((values) => Object.fromEntries(names.map((name, index) => [name, values[index]]))) as T[]
  }

  async *stream<T extends Row = Row>(sql: string, parameters?: SqlParameters): AsyncIterableIterator<T> {
    const { values, types } = this.#bind(parameters)
    const begun = this.#interruptions
    const connection = await this.#call(() => this.#instance.connect())
    this.#streams.add(connection)
    try {
      const result = await this.#call(() => connection.stream(sql, values, types))
      const batches = result.yieldConvertedRowObjects(this.#convert)
      for (;;) {
        if (this.#interruptions !== begun) throw new CancelledError('Cancelled.', { code: 'cancelled' })
        const batch = await this.#call(() => batches.next())
        if (batch.done === true) return
        yield* batch.value as T[]
      }
    } finally {
      // After close() the connection is gone already.
      if (this.#streams.delete(connection)) connection.disconnectSync()
    }
  }

  appender(table: string): Promise<DuckDBAppender> {
    return this.#call(() => this.#main.createAppender(table))
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
      for (const connection of [this.#main, ...this.#aside, ...this.#streams]) connection.interrupt()
    }
    signal()
    const repeated = setInterval(signal, INTERRUPT_EVERY_MS)
    await calls
    clearInterval(repeated)
    this.#stopping = undefined
  }

  async #shut(): Promise<void> {
    await this.#stop()
    for (const connection of [...this.#aside, ...this.#streams]) connection.disconnectSync()
    this.#streams.clear()
    this.#main.disconnectSync()
    this.#instance.closeSync()
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

  #bind(parameters: SqlParameters | undefined): Partial<BoundParameters> {
    return parameters === undefined ? {} : bindParameters(this.#duckdb, parameters)
  }
}
