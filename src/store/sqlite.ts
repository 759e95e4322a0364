/** The only place that opens SQLite, for the writer's lock, the casebook and the search index. */
import type BetterSqlite3 from 'better-sqlite3'
import { RecitalError, StoreError } from '../errors.js'

export type SqliteDatabase = BetterSqlite3.Database
export type SqliteStatement = BetterSqlite3.Statement<unknown[]>

export interface SqliteOptions {
  /** How long a statement waits for another process that holds the file, in milliseconds. */
  readonly busyTimeoutMs: number
  /** The file must be there, and is not written. */
  readonly isReadOnly?: boolean
}

/**
 * Loads the library ahead of its first use, for whoever would otherwise only wait. What is wrong with it is told by
 * `openSqlite`.
 */
export async function loadSqlite(): Promise<void> {
  try {
    const { default: Database } = await import('better-sqlite3')
    // The native part is loaded with the first database.
    new Database(':memory:').close()
  } catch {
    // As above.
  }
}

/**
 * Opens a SQLite file, created if absent.
 * Throws StoreError: `native-module-missing`, `unwritable`, `damaged`, `disk-full`, `locked`.
 */
export async function openSqlite(path: string, options: SqliteOptions): Promise<SqliteDatabase> {
  try {
    const { default: Database } = await import('better-sqlite3')
    return new Database(path, { timeout: options.busyTimeoutMs, readonly: options.isReadOnly === true })
  } catch (error) {
    throw translateSqliteError(error, path)
  }
}

const NATIVE_CODES = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'])
const NATIVE_TEXT = /Could not locate the bindings file|compiled against a different Node\.js version/

/** Translates what better-sqlite3 threw about the file at `path` into a StoreError; other errors pass unchanged. */
export function translateSqliteError(error: unknown, path: string): unknown {
  if (error instanceof RecitalError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (NATIVE_CODES.has(code) || NATIVE_TEXT.test(error.message)) {
    return new StoreError('The SQLite library was not built for this version of Node.js.', {
      code: 'native-module-missing',
      cause: error,
      suggestions: ['Run `npm rebuild better-sqlite3`'],
    })
  }
  const fail = (word: string, message: string, suggestion: string) =>
    new StoreError(message, { code: word, file: path, cause: error, suggestions: [suggestion] })
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) {
    return fail('locked', `${path} is held by another process.`, 'Wait until that process has finished')
  }
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) {
    return fail('damaged', `${path} is damaged and cannot be read.`, 'Keep the file aside, and restore it from a copy')
  }
  if (/^SQLITE_FULL/.test(code)) return fail('disk-full', 'The disk is full.', 'Free some disk space and try again')
  if (/^SQLITE_(?:CANTOPEN|READONLY|PERM|IOERR)/.test(code) || /directory does not exist/.test(error.message)) {
    // A full disk may show as this too, when there is no room for the files beside it.
    return fail('unwritable', `${path} cannot be written.`, 'Check the rights on its folder and the free disk space')
  }
  return error
}
