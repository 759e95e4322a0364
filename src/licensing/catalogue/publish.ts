/** `recital derive`: works out the catalogue on a copy of the evidence and publishes it as a new generation. */
import { CancelledError, NotFoundError } from '../../errors.js'
import { cleanUp } from '../../store/clean-up.js'
import { beginGeneration, type Limits, readCurrent } from '../../store/generations.js'
import type { Workspace } from '../../store/workspace.js'
import { acquireWriterLock } from '../../store/writer-lock.js'
import { type DeriveProgress, type DeriveResult, deriveCatalogue } from './derive.js'

export interface DeriveContext {
  readonly workspace: Workspace
  readonly limits: Limits
  readonly signal: AbortSignal
  readonly onProgress: (progress: DeriveProgress) => void
}

/** What was derived, and the generation that holds it. */
export interface Derived extends DeriveResult {
  readonly generation: number
}

/**
 * Derives and publishes. Throws NotFoundError `no-evidence`, StoreError (another writer, disk full), CancelledError; the
 * store is then as it was.
 */
export async function derive(context: DeriveContext): Promise<Derived> {
  const { workspace, limits, signal, onProgress } = context
  const lock = await acquireWriterLock(workspace)
  try {
    cleanUp(lock)
    if (readCurrent(workspace) === 0) {
      throw new NotFoundError('Nothing has been ingested yet.', {
        code: 'no-evidence',
        suggestions: ['Ingest a delivery with `recital ingest PATH`'],
      })
    }
    const generation = await beginGeneration(lock, { ...limits, inputFolders: [] })
    const stop = () => generation.evidence.interrupt()
    signal.addEventListener('abort', stop, { once: true })
    try {
      const result = await deriveCatalogue(generation.evidence, (progress) => {
        signal.throwIfAborted()
        onProgress(progress)
      })
      await generation.publish([])
      return { ...result, generation: generation.number }
    } finally {
      signal.removeEventListener('abort', stop)
      await generation.discard()
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw new CancelledError('The derivation was stopped; the store is as it was.', { code: 'cancelled', cause: error })
  } finally {
    lock.release()
  }
}
