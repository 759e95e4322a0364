/**
 * The only place that opens DuckDB. One instance per file and process; what a statement may touch, how much memory,
 * disk and how many threads it may use is fixed here, before the first statement runs.
 */
import { mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { DuckDBAppender, DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { CancelledError, InternalError, StoreError } from '../errors.js'
import { translateDuckDBError } from './duckdb-errors.js'
import {
  type BoundParameters,
  bindParameters,
  type DuckDBModule,
  type Row,
  rowConverter,
  type SqlParameters,
} from './duckdb-values.js'

export type { Row, SqlParameter, SqlParameters, SqlValue } from './duckdb-values.js'

export interface EvidenceOptions {
  readonly mode: 'read' | 'write'
  /** Folder for spilled data, of this process alone: DuckDB gives its files the same names in every process. */
  readonly tempDirectory: string
  /** Folders whose files statements may read and write; nothing outside them can be touched. */
  readonly allowedDirectories: readonly string[]
  /** Bytes this process should stay under. Default: half of the memory, at most 4 GB. */
  readonly memoryBytes?: number | undefined
  /** Default: the cores of the machine, at most 8. */
  readonly threads?: number | undefined
  /** Most bytes that may spill to `tempDirectory`. Default: 80 % of the free disk. */
  readonly maxTempBytes?: number | undefined
}

/** An open evidence file. */
export interface Evidence {
  readonly path: string
  /** Runs one or more statements; returns the number of rows the last one changed. */
  run(sql: string, parameters?: SqlParameters): Promise<number>
  /** Runs a query with a small answer; one object per row, in the query's order. */
  rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]>
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

/** The buffer manager's limit as a part of what the process may use: the rest is Node, and memory outside it. */
const BUFFER_SHARE = 0.65
const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3
const DEFAULT_THREADS = 8
const FREE_DISK_SHARE = 0.8
const INTERRUPT_EVERY_MS = 20

/**
 * Opens an evidence file (created if absent in `write` mode) with its limits set and the door locked: no file outside
 * the allowed folders, no extension, no change of settings.
 * Throws StoreError: `locked`, `newer-format`, `older-format`, `damaged`, `disk-full`, `native-module-missing`.
 */
export async function openEvidence(path: string, options: EvidenceOptions): Promise<Evidence> {
  const duckdb = await loadDuckDB()
  const [config, maxTempBytes] = [instanceOptions(options), await tempLimit(path, options)]
  try {
    const instance = await duckdb.DuckDBInstance.create(path, config)
    try {
      const connection = await instance.connect()
      await connection.run(lockDown(options.allowedDirectories, maxTempBytes))
      return new OpenEvidence(path, duckdb, instance, connection)
    } catch (error) {
      instance.closeSync()
      throw error
    }
  } catch (error) {
    throw translateDuckDBError(error, path)
  }
}

/** Loads the DuckDB client. Throws StoreError `native-module-missing` when it was not installed for this platform. */
export async function loadDuckDB(): Promise<DuckDBModule> {
  try {
    // Bundled, a CommonJS library arrives whole as the default export, without names of its own.
    const library: DuckDBModule = await import('@duckdb/node-api')
    return 'default' in library ? (library.default as DuckDBModule) : library
  } catch (error) {
    throw new StoreError('The DuckDB library for this platform is missing or does not load.', {
      code: 'native-module-missing',
      cause: error,
      suggestions: ['Install again with `npm install --include=optional`'],
    })
  }
}

function instanceOptions(options: EvidenceOptions): Record<string, string> {
  const memory = options.memoryBytes ?? Math.min(DEFAULT_MEMORY_BYTES, totalmem() / 2)
  return {
    access_mode: options.mode === 'read' ? 'READ_ONLY' : 'READ_WRITE',
    memory_limit: `${Math.floor(memory * BUFFER_SHARE)}B`,
    threads: String(options.threads ?? Math.min(availableParallelism(), DEFAULT_THREADS)),
    temp_directory: options.tempDirectory,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }
}

/** Bytes that may spill; makes the parent of the temporary folder, which DuckDB makes and removes itself. */
async function tempLimit(path: string, options: EvidenceOptions): Promise<number> {
  const parent = dirname(options.tempDirectory)
  let disk = parent
  try {
    mkdirSync(parent, { recursive: true })
  } catch {
    // A read-only workspace can still be asked; only what does not fit into memory will fail.
    disk = dirname(path)
  }
  if (options.maxTempBytes !== undefined) return options.maxTempBytes
  try {
    const { bavail, bsize } = await statfs(disk)
    return Math.floor(bavail * bsize * FREE_DISK_SHARE)
  } catch (error) {
    throw new StoreError(`The folder ${disk} cannot be read.`, { code: 'unreadable', file: disk, cause: error })
  }
}

/**
 * The settings that must follow the opening, in this order. `max_temp_directory_size` given at creation is shown by
 * `current_setting` but not enforced; `allowed_directories` and the time zone are refused there.
 */
function lockDown(allowed: readonly string[], maxTempBytes: number): string {
  const folders = allowed.map((folder) => `'${folder.replaceAll("'", "''")}'`).join(', ')
  return [
    "SET GLOBAL TimeZone = 'UTC'",
    `SET max_temp_directory_size = '${maxTempBytes}B'`,
    `SET allowed_directories = [${folders}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ].join('; ')
}

class OpenEvidence implements Evidence {
  readonly path: string
  readonly #duckdb: DuckDBModule
  readonly #instance: DuckDBInstance
  readonly #main: DuckDBConnection
  readonly #convert: ReturnType<typeof rowConverter>
  /** Connections of open streams. Any other statement on one of them would end its stream without an error. */
  readonly #streams = new Set<DuckDBConnection>()
  /** Native calls under way; a connection must not be dropped under them. */
  readonly #underway = new Set<Promise<unknown>>()
  /** How often it was interrupted: a stream begun before that has ended, even between two batches. */
  #interruptions = 0
  #stopping: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(path: string, duckdb: DuckDBModule, instance: DuckDBInstance, main: DuckDBConnection) {
    this.path = path
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

  async rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]> {
    const { values, types } = this.#bind(parameters)
    const result = await this.#call(() => this.#main.run(sql, values, types))
    return (await this.#call(() => result.convertRowObjects(this.#convert))) as T[]
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
      for (const connection of [this.#main, ...this.#streams]) connection.interrupt()
    }
    signal()
    const repeated = setInterval(signal, INTERRUPT_EVERY_MS)
    await calls
    clearInterval(repeated)
    this.#stopping = undefined
  }

  async #shut(): Promise<void> {
    await this.#stop()
    for (const connection of this.#streams) connection.disconnectSync()
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
