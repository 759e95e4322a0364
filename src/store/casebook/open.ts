/** The casebook: what people decided and asked, kept apart from the evidence and safe against loss of power. */
import { openSqlite, type SqliteDatabase, translateSqliteError } from '../sqlite.js'
import type { Workspace } from '../workspace.js'
import { migrateCasebook } from './migrations.js'

/** Several commands may write at once; each write takes a few milliseconds. */
const BUSY_TIMEOUT_MS = 3000

/**
 * Opens the casebook of a workspace, made and migrated as needed, runs `work` on it and closes it again.
 * Throws StoreError: `unwritable`, `disk-full`, `locked`, `damaged`, `newer-format`, `native-module-missing`.
 */
export async function withCasebook<T>(workspace: Workspace, work: (database: SqliteDatabase) => T): Promise<T> {
  const path = workspace.paths.casebook
  const database = await openSqlite(path, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  try {
    database.pragma('journal_mode = WAL')
    // The default of WAL mode may lose the last commits when the power fails.
    database.pragma('synchronous = FULL')
    migrateCasebook(database)
    const result = work(database)
    emptyWriteAheadLog(database)
    return result
  } catch (error) {
    throw translateSqliteError(error, path)
  } finally {
    database.close()
  }
}

/** Keeps the write-ahead log from growing while other processes hold the casebook open. */
function emptyWriteAheadLog(database: SqliteDatabase): void {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)')
  } catch {
    // What was committed is on disk, in the log; the next one to close tries again.
  }
}
