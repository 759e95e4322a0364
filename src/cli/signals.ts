/** Ctrl-C and its relatives: the first asks the work to stop and waits for it to tidy up, the second ends at once. */
import { CancelledError } from '../errors.js'
import type { ProcessEvents } from './system.js'

/** Undoes what a half-done work left behind; may say in one line what was kept. */
export type CleanUp = () => string | undefined | Promise<string | undefined>

export interface Interruption {
  /** Aborted at the first signal; its reason is a CancelledError. */
  readonly signal: AbortSignal
  /** Registers what to do when interrupted; the latest runs first. Returns a function that withdraws it. */
  onInterrupt(cleanUp: CleanUp): () => void
  /**
   * The result of the work, unless a signal comes: then rejects with CancelledError as soon as the clean-ups have run and
   * the work has ended, or the time for that is over. A work that ends well in spite of the signal has its result told.
   */
  guard<T>(work: Promise<T>): Promise<T>
  /** Runs the clean-ups as a signal would. */
  stop(): Promise<void>
  /** Stops listening. */
  dispose(): void
}

export interface SignalOptions {
  readonly events: ProcessEvents
  readonly exit: (code: number) => void
  /** Milliseconds that the work gets to end by itself after the clean-ups. */
  readonly graceMs?: number
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const CANCELLED = 130
const DEFAULT_GRACE_MS = 5_000

/** Listens for SIGINT, SIGTERM and SIGHUP until disposed. */
export function watchSignals(options: SignalOptions): Interruption {
  const controller = new AbortController()
  const cleanUps: CleanUp[] = []
  let tellInterrupted: (error: CancelledError) => void = () => undefined
  const interrupted = new Promise<CancelledError>((resolve) => {
    tellInterrupted = resolve
  })
  let stopping: Promise<void> | undefined

  const stop = () => {
    stopping ??= (async () => {
      controller.abort(cancelled([]))
      tellInterrupted(cancelled(await runAll(cleanUps.splice(0).reverse())))
    })()
    return stopping
  }
  const onSignal = () => {
    if (stopping !== undefined) options.exit(CANCELLED)
    else void stop()
  }
  for (const name of SIGNALS) options.events.on(name, onSignal)

  return {
    signal: controller.signal,
    onInterrupt(cleanUp) {
      cleanUps.push(cleanUp)
      return () => {
        const index = cleanUps.indexOf(cleanUp)
        if (index >= 0) cleanUps.splice(index, 1)
      }
    },
    async guard(work) {
      const ended = work.then(
        () => undefined,
        () => undefined,
      )
      const forced = interrupted.then(async (error) => {
        await endedWithin(ended, options.graceMs ?? DEFAULT_GRACE_MS)
        throw error
      })
      // Whichever loses the race must not count as unhandled.
      forced.catch(() => undefined)
      try {
        return await Promise.race([work, forced])
      } catch (error) {
        // Whatever the work failed with after the signal, the signal was the cause.
        if (stopping !== undefined) throw await interrupted
        throw error
      }
    },
    stop,
    dispose() {
      for (const name of SIGNALS) options.events.off(name, onSignal)
    },
  }
}

async function runAll(cleanUps: readonly CleanUp[]): Promise<string[]> {
  const kept: string[] = []
  for (const cleanUp of cleanUps) {
    try {
      const text = await cleanUp()
      if (text !== undefined) kept.push(text)
    } catch {
      // The others must still run; what one could not tidy is left for the next start, which expects leftovers.
    }
  }
  return kept
}

const cancelled = (kept: readonly string[]) =>
  new CancelledError(['Cancelled.', ...kept].join(' '), { code: 'cancelled' })

/** Resolves when the work has ended, or after that many milliseconds. */
function endedWithin(ended: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    void ended.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
