/** The way from Ctrl-C to a database that is at work. */
import type { Evidence } from '../store/duckdb.js'

const INTERRUPT_EVERY_MS = 100

/**
 * Ends what a database does when the signal aborts, and whatever it begins to do after that: between two statements there
 * is nothing to end, and the next one would run to its end. Returns a function that stops listening.
 */
export function interruptOn(signal: AbortSignal, db: Evidence): () => void {
  let repeated: NodeJS.Timeout | undefined
  const stop = () => {
    db.interrupt()
    repeated = setInterval(() => db.interrupt(), INTERRUPT_EVERY_MS)
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return () => {
    signal.removeEventListener('abort', stop)
    clearInterval(repeated)
  }
}
