/** The one JSON serialiser of the command line. */
import { InternalError } from '../errors.js'

/** What a command answers: its kind (`recital.lookup`), the version of that kind's shape, and the answer itself. */
export interface JsonDocument {
  readonly kind: `recital.${string}`
  readonly version: number
}

/**
 * One JSON document, indented, keys in the order in which they were built, ending in a line feed. Counts that came as
 * BigInt become numbers, or text beyond 2^53 - 1 where a number would be rounded.
 * Throws InternalError for values that JSON would quietly turn into something else: NaN, Infinity, Map, Set.
 */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, exactly, 2)}\n`
}

function exactly(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return fitsNumber(value) ? Number(value) : value.toString()
  if (typeof value === 'number' && !Number.isFinite(value)) throw unserialisable(key, String(value))
  if (value instanceof Map || value instanceof Set) throw unserialisable(key, value.constructor.name)
  return value
}

const fitsNumber = (value: bigint) =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)

const unserialisable = (key: string, what: string) =>
  new InternalError(`The answer holds ${what} at ${key === '' ? 'its top' : key}, which JSON cannot say.`, {
    code: 'unserialisable',
  })
