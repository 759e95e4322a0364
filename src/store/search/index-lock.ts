/**
 * One maker of an index per workspace: whoever comes second waits, and finds it made. A transaction on a small SQLite
 * file, as the writer's lock (writer-lock.ts), so that it is free however the maker ends. The two know nothing of each
 * other: an ingest does not wait for an index.
 */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StoreError } from '../../errors.js'
import { openSqlite, type SqliteDatabase, translateSqliteError } from '../sqlite.js'
import type { Workspace } from '../workspace.js'

const ASKED_EVERY_MS = 100

export interface IndexLock {
  /** Gives it back; the second call does nothing. */
  release(): void
}

/**
 * Becomes the maker as soon as no other process is. `onWait` is called once when there is one.
 * Throws the signal's reason, StoreError `unwritable`, `damaged`, `native-module-missing`.
 */
export async function acquireIndexLock(
  workspace: Workspace,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: () => void },
): Promise<IndexLock> {
  const path = join(workspace.root, 'index.lock.sqlite')
  const database = await openSqlite(path, { busyTimeoutMs: 0 })
  try {
    database.pragma('journal_mode = MEMORY')
    for (let isFirst = true; !isTaken(database, path); isFirst = false) {
      if (isFirst) onWait()
      await wait(ASKED_EVERY_MS)
      signal.throwIfAborted()
    }
  } catch (error) {
    database.close()
    throw translateSqliteError(error, path)
  }
  return { release: () => void database.close() }
}

function isTaken(database: SqliteDatabase, path: string): boolean {
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    const told = translateSqliteError(error, path)
    if (told instanceof StoreError && told.code === 'locked') return false
    throw told
  }
}
