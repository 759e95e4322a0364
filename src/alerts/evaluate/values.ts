/** Values of data in answers and messages. */
import { harmless } from '../../model/text/harmless.js'
import type { SqlValue } from '../../store/duckdb.js'

/** A longer text is cut in messages: it would bury the rest. */
const LONGEST_VALUE = 300

/**
 * A value as JSON has it: decimals as numbers where a number holds all their digits, else as text; everything else as the
 * database gives it.
 */
export function jsonValue(value: SqlValue, type: string): SqlValue {
  if (typeof value !== 'string' || !type.startsWith('DECIMAL')) return value
  const number = Number(value)
  const shortest = plainDecimal(value)
  return Number.isFinite(number) && String(number) === shortest ? number : shortest
}

/** Without zeros that say nothing: `40.00` is `40`, `-0.50` is `-0.5`. */
const plainDecimal = (text: string): string => {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return short === '-0' ? '0' : short
}

/** A value for people: nothing that could move a cursor, nothing that buries the rest. */
export function textValue(value: SqlValue): string {
  if (value === null) return '(empty)'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = harmless(text)
  return safe.length > LONGEST_VALUE ? `${safe.slice(0, LONGEST_VALUE)}…` : safe
}
