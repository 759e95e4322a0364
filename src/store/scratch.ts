/** A database in memory with a folder for what does not fit, both gone afterwards. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Evidence, openEvidence } from './duckdb.js'

export interface ScratchOptions {
  readonly memoryBytes?: number | undefined
  readonly threads?: number | undefined
  /** Folders whose files statements may read. */
  readonly folders: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Does work in a database of its own. `folder` is an existing folder for temporary files, outside of every workspace.
 * Throws StoreError as opening does, CancelledError when the signal aborts, and what the work throws.
 */
export async function inScratch<T>(
  options: ScratchOptions,
  work: (db: Evidence, folder: string) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'recital-')))
  try {
    const db = await openEvidence(':memory:', {
      mode: 'write',
      tempDirectory: join(folder, 'spill'),
      allowedDirectories: [folder, ...options.folders],
      memoryBytes: options.memoryBytes,
      threads: options.threads,
    })
    const stop = () => db.interrupt()
    options.signal?.addEventListener('abort', stop, { once: true })
    try {
      return await work(db, folder)
    } finally {
      options.signal?.removeEventListener('abort', stop)
      await db.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
