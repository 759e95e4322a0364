/** Statements worked off by several databases at once, each of which has one thread. */
import { CancelledError } from '../../errors.js'
import type { Evidence } from '../../store/duckdb.js'

export interface Job {
  /** Longer ones are begun earlier, so that none is left alone at the end. */
  readonly weight: number
  run(db: Evidence): Promise<void>
}

/**
 * Works off all jobs. Which database does which job changes nothing: none keeps anything.
 * Rejects with the first failure, or CancelledError, once nothing runs any more.
 */
export async function runJobs(
  databases: readonly Evidence[],
  jobs: readonly Job[],
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...jobs].sort((a, b) => b.weight - a.weight)
  let failure: { readonly error: unknown } | undefined
  const interrupt = (): void => {
    for (const db of databases) db.interrupt()
  }
  const work = async (db: Evidence): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      if (failure !== undefined || signal.aborted) return
      try {
        await job.run(db)
      } catch (error) {
        failure ??= { error }
        interrupt()
      }
    }
  }
  signal.addEventListener('abort', interrupt, { once: true })
  try {
    await Promise.all(databases.map(work))
  } finally {
    signal.removeEventListener('abort', interrupt)
  }
  if (signal.aborted) throw new CancelledError('Cancelled.', { code: 'cancelled' })
  if (failure !== undefined) throw failure.error
}
