/**
 * One writer per workspace. The lock is a transaction on a small SQLite file, which the system frees however the
 * process ends; `writer.pid` only says who holds it, and alone it locks nothing.
 */
import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { StoreError } from '../errors.js'
import { replaceFile } from './files.js'
import { openSqlite, translateSqliteError } from './sqlite.js'
import { storeFileError, type Workspace } from './workspace.js'

/** Proof that this process is the workspace's only writer. */
export interface WriterLock {
  readonly workspace: Workspace
  /** Whether it still is: false after `release`. */
  readonly held: boolean
  /** Gives the lock back; the second call does nothing. */
  release(): void
}

interface Holder {
  readonly pid: number
  readonly startedAt: string
  readonly command: string
}

/** A new holder writes its id just after it has the lock; until then the file may name the one before. */
const PID_ATTEMPTS = 5
const PID_WAIT_MS = 40

/**
 * Becomes the workspace's writer, at once or not at all.
 * Throws StoreError: `locked` (naming the process that writes), `unwritable`, `damaged`, `native-module-missing`.
 */
export async function acquireWriterLock(workspace: Workspace): Promise<WriterLock> {
  const { writerLock, writerPid } = workspace.paths
  const database = await openSqlite(writerLock, { busyTimeoutMs: 0 })
  try {
    // Nothing is ever written here: no journal file that a killed writer would leave to be rolled back.
    database.pragma('journal_mode = MEMORY')
    database.exec('BEGIN IMMEDIATE')
  } catch (error) {
    database.close()
    const translated = translateSqliteError(error, writerLock)
    throw translated instanceof StoreError && translated.code === 'locked' ? await lockedError(workspace) : translated
  }
  const { pid, startedAt, command } = workspace.running
  try {
    replaceFile(writerPid, `${JSON.stringify({ pid, startedAt, command } satisfies Holder)}\n`)
  } catch (error) {
    database.close()
    throw storeFileError(error, writerPid)
  }
  return {
    workspace,
    get held() {
      return database.open
    },
    release() {
      if (!database.open) return
      try {
        rmSync(writerPid, { force: true })
      } finally {
        database.close()
      }
    },
  }
}

async function lockedError(workspace: Workspace): Promise<StoreError> {
  const holder = await findHolder(workspace)
  const who =
    holder === undefined ? 'another process' : `process ${holder.pid} (${holder.command}, started ${holder.startedAt})`
  return new StoreError(`This workspace is being written by ${who}.`, {
    code: 'locked',
    file: workspace.root,
    suggestions: ['Wait until it has finished, then run the command again', 'Questions can be asked meanwhile'],
  })
}

async function findHolder(workspace: Workspace): Promise<Holder | undefined> {
  for (let attempt = 1; attempt <= PID_ATTEMPTS; attempt++) {
    const holder = readHolder(workspace.paths.writerPid)
    if (holder !== undefined && workspace.running.isAlive(holder.pid)) return holder
    await wait(PID_WAIT_MS)
  }
  return undefined
}

function readHolder(path: string): Holder | undefined {
  try {
    const value: Partial<Record<keyof Holder, unknown>> | null = JSON.parse(readFileSync(path, 'utf8'))
    if (value === null || typeof value.pid !== 'number') return undefined
    return { pid: value.pid, startedAt: String(value.startedAt), command: String(value.command) }
  } catch {
    // Missing or half gone: the lock itself is what counts.
    return undefined
  }
}
