/** The database and the folder in which a diff works; nothing of them is left. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CancelledError } from '../errors.js'
import { type Evidence, openEvidence } from '../store/duckdb.js'

export interface ScratchOptions {
  /** Folders that are read from and written to besides the scratch folder itself. */
  readonly folders: readonly string[]
  readonly memoryBytes?: number | undefined
  readonly threads?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Scratch {
  readonly db: Evidence
  readonly folder: string
}

/**
 * Does work in a database of its own, with a temporary folder (TMPDIR says where), and removes both.
 * Throws what the work throws, StoreError as opening does, CancelledError when the signal aborts.
 */
export async function withScratch<T>(options: ScratchOptions, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const scratch = await openScratch(options)
  try {
    return await work(scratch)
  } finally {
    await scratch.close()
  }
}

/** The same, to be closed by whoever opened it. */
export async function openScratch(options: ScratchOptions): Promise<Scratch & { close(): Promise<void> }> {
  const { folders, memoryBytes, threads, signal } = options
  if (signal?.aborted === true) throw new CancelledError('Cancelled.', { code: 'cancelled' })
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'recital-diff-')))
  mkdirSync(join(folder, 'spill'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: join(folder, 'spill'),
    allowedDirectories: [folder, ...folders],
    memoryBytes,
    threads,
  }).catch((error: unknown) => {
    remove()
    throw error
  })
  const stop = () => db.interrupt()
  signal?.addEventListener('abort', stop, { once: true })
  return {
    db,
    folder,
    close: async () => {
      signal?.removeEventListener('abort', stop)
      await db.close()
      remove()
    },
  }
}
