/**
 * The only place that opens DuckDB. One instance per file and process; what a statement may touch, how much memory,
 * disk and how many threads it may use is fixed here, before the first statement runs.
 */
import { mkdirSync, statfsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { StoreError } from '../errors.js'
import { translateDuckDBError } from './duckdb-errors.js'
import { type Evidence, OpenEvidence } from './duckdb-evidence.js'
import { loadNative } from './duckdb-library.js'

export type { Evidence } from './duckdb-evidence.js'
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

/**
 * The buffer manager's limit as a part of what the process may use: the rest is Node, and memory outside it. Of that an
 * ingest needs so many bytes, however little it may use; but with less than the least share it could not even sort.
 */
const BUFFER_SHARE = 0.65
const OUTSIDE_BUFFERS = 280e6
const LEAST_BUFFER_SHARE = 0.45
/**
 * By so many values of a join DuckDB leaves out the row groups that hold none of them; by more it reads the whole table. Its own
 * limit is 50. Measured: a hundred rows by their numbers out of three million, 70 ms instead of 385.
 */
export const MOST_PRUNED = 2000
const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3
const DEFAULT_THREADS = 8
const FREE_DISK_SHARE = 0.8

/**
 * Opens an evidence file (created if absent in `write` mode) with its limits set and the door locked: no file outside
 * the allowed folders, no extension, no change of settings.
 * Throws StoreError: `locked`, `newer-format`, `older-format`, `damaged`, `disk-full`, `native-module-missing`.
 */
export async function openEvidence(path: string, options: EvidenceOptions): Promise<Evidence> {
  const maxTempBytes = tempLimit(path, options)
  const native = await loadNative()
  const config = native.create_config()
  for (const [name, value] of Object.entries(instanceOptions(options))) native.set_config(config, name, value)
  try {
    const database = await native.open(path, config)
    try {
      const connection = await native.connect(database)
      await native.query(connection, lockDown(options.allowedDirectories, maxTempBytes))
      return new OpenEvidence(path, options.mode, native, database, connection)
    } catch (error) {
      native.close_sync(database)
      throw error
    }
  } catch (error) {
    throw translateDuckDBError(error, path)
  }
}

const bufferLimit = (memory: number): number =>
  Math.floor(Math.min(memory * BUFFER_SHARE, Math.max(memory * LEAST_BUFFER_SHARE, memory - OUTSIDE_BUFFERS)))

function instanceOptions(options: EvidenceOptions): Record<string, string> {
  const memory = options.memoryBytes ?? Math.min(DEFAULT_MEMORY_BYTES, totalmem() / 2)
  return {
    access_mode: options.mode === 'read' ? 'READ_ONLY' : 'READ_WRITE',
    memory_limit: `${bufferLimit(memory)}B`,
    threads: String(options.threads ?? Math.min(availableParallelism(), DEFAULT_THREADS)),
    temp_directory: options.tempDirectory,
    // Of a new file. The format that DuckDB takes by itself is one that releases of 2024 can read, too: opening it costs
    // a third more, since the statistics of every column are brought into today's form. Not the latest: that one also
    // writes the types of parsed expressions in another way (store/expressions).
    storage_compatibility_version: 'v1.4.0',
    // Of a new file, a quarter of the default: a look-up reads a whole block of every column that it touches, and small
    // tables fill less of theirs. Measured: no slower to write, a file of 10⁵ rows a third smaller.
    default_block_size: '65536',
    // It fails with an internal error where `row_number() … = 1` stands above a join and a filter IS NULL (DuckDB 1.5.6).
    disabled_optimizers: 'top_n_window_elimination',
    dynamic_or_filter_threshold: String(MOST_PRUNED),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }
}

/** Bytes that may spill; makes the parent of the temporary folder, which DuckDB makes and removes itself. */
function tempLimit(path: string, options: EvidenceOptions): number {
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
    const { bavail, bsize } = statfsSync(disk)
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
