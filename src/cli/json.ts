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
  return `${JSON.stringify(value, exactly, 2).replace(UNESCAPED, escaped)}\n`
}

/**
 * What JSON may hold as it is, but a terminal or an eye may take for something else: DEL, C1 controls, line separators
 * and bidirectional marks (see `harmless`). C0 controls are escaped already, but for the line feeds between the values.
 */
const UNESCAPED = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

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
