/** SQL for what a value is and when two are equal, by the equality policy. */

import { literal } from '../store/columns.js'
import { type ColumnType, columnType, readAs, TEXT } from './column-types.js'
import type { MatchedColumn } from './match-columns.js'
import type { DiffOptions, EqualityPolicy, Tolerance } from './request.js'
import { cellText } from './sides.js'

const NUMBER = columnType('decimal')
const DOUBLE = columnType('double')
const TIMESTAMP = columnType('timestamp')

/** How the values of one column are read and compared. */
export interface ColumnEquality {
  /** Type of its values in the change set. */
  readonly type: string
  /** SQL for a value as the change set keeps it, from a cell of the old or of the new file. */
  value(cell: string, side: 'old' | 'new'): string
  /** SQL condition: two such values are equal; NULL-safe. */
  equal(old: string, now: string): string
  /** SQL for the text of a cell by which it is joined, where the column is part of the key; NULL for no value. */
  keyText(cell: string, side: 'old' | 'new'): string
  /** SQL condition on a cell: it holds something that is no value of the declared type. Null where it cannot happen. */
  readonly unreadable: ((cell: string, side: 'old' | 'new') => string) | null
  /** The type to compare by that a file itself declares. */
  readonly fromFile: 'number' | 'timestamp' | null
  /** Whether values are ordered by what they are, not as text. */
  readonly isOrderedByValue: boolean
}

/** What is known of both files beyond the request. */
export interface FilePair {
  /** DuckDB types of a column in either file; null where the file does not declare any. */
  typeOf(column: MatchedColumn, side: 'old' | 'new'): string | null
  /** Only one of the files can tell an empty text from no value. */
  readonly emptyEqualsNull: boolean
}

export function policyOf(options: DiffOptions): EqualityPolicy {
  return {
    types: options.types ?? new Map(),
    tolerance: options.tolerance ?? new Map(),
    nullText: options.nullText ?? null,
    trim: options.trim ?? false,
    ignoreCase: options.ignoreCase ?? false,
  }
}

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(.*\)|FLOAT|DOUBLE)$/
const INSTANT = /^(DATE|TIMESTAMP.*)$/

/** How two files declare a column: the same way, so that values can be compared as they are, or otherwise. */
function declaredBy(
  pair: FilePair,
  column: MatchedColumn,
): { native: string | null; fromFile: 'number' | 'timestamp' | null } {
  const places = [
    column.old === null ? undefined : pair.typeOf(column, 'old'),
    column.new === null ? undefined : pair.typeOf(column, 'new'),
  ]
  const types = places.filter((type) => type !== undefined)
  const [first] = types
  if (first != null && types.every((type) => type === first)) return { native: first, fromFile: null }
  if (types.some((type) => type !== null && NUMERIC.test(type))) return { native: null, fromFile: 'number' }
  if (types.some((type) => type !== null && INSTANT.test(type))) return { native: null, fromFile: 'timestamp' }
  return { native: null, fromFile: null }
}

const lookUp = <T>(map: ReadonlyMap<string, T>, name: string): T | undefined =>
  map.get(name) ?? [...map].find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1]

/** The equality of one column. */
export function columnEquality(column: MatchedColumn, policy: EqualityPolicy, pair: FilePair): ColumnEquality {
  const declared = lookUp(policy.types, column.name)
  const tolerance = lookUp(policy.tolerance, column.name)
  const { native, fromFile } = declared === undefined ? declaredBy(pair, column) : { native: null, fromFile: null }
  const text = (cell: string, side: 'old' | 'new'): string => {
    const plain = cellText(cell, pair.typeOf(column, side))
    return policy.nullText === null ? plain : `nullif(${plain}, ${literal(policy.nullText)})`
  }
  const loose = looseText(policy, pair.emptyEqualsNull)
  if (declared !== undefined && declared.kind !== 'text') return typedEquality(declared, tolerance, text)
  if (native !== null && native !== 'VARCHAR' && policy.nullText === null) {
    return nativeEquality(native, tolerance, text)
  }
  const kind = tolerance === undefined ? fromFile : 'number'
  return {
    type: TEXT.sql,
    value: text,
    equal: (old, now) => {
      const same = `${loose(old)} IS NOT DISTINCT FROM ${loose(now)}`
      const near = nearness(kind, tolerance, old, now)
      return near === null ? same : `(${same} OR coalesce(${near}, false))`
    },
    keyText: (cell, side) => loose(text(cell, side)),
    unreadable: null,
    fromFile,
    isOrderedByValue: false,
  }
}

function looseText(policy: EqualityPolicy, emptyEqualsNull: boolean): (text: string) => string {
  return (text) => {
    let sql = text
    // What stands at the ends of cells: blanks, tabs, line ends and the no-break space.
    if (policy.trim) sql = `trim(${sql}, E' \\t\\r\\n\\u00a0')`
    if (policy.ignoreCase) sql = `lower(${sql})`
    return emptyEqualsNull ? `nullif(${sql}, '')` : sql
  }
}

function typedEquality(
  type: ColumnType,
  tolerance: Tolerance | undefined,
  text: (cell: string, side: 'old' | 'new') => string,
): ColumnEquality {
  // A type says what an empty text is: no value.
  const filled = (cell: string, side: 'old' | 'new'): string => `nullif(trim(${text(cell, side)}), '')`
  const value = (cell: string, side: 'old' | 'new'): string => readAs(filled(cell, side), type)
  return {
    type: type.sql,
    value,
    equal: (old, now) => withTolerance(tolerance, old, now),
    keyText: (cell, side) => `(${value(cell, side)})::VARCHAR`,
    unreadable: (cell, side) => `${filled(cell, side)} IS NOT NULL AND (${value(cell, side)}) IS NULL`,
    fromFile: null,
    isOrderedByValue: true,
  }
}

function nativeEquality(
  type: string,
  tolerance: Tolerance | undefined,
  text: (cell: string, side: 'old' | 'new') => string,
): ColumnEquality {
  return {
    type,
    value: (cell) => cell,
    equal: (old, now) => withTolerance(tolerance, old, now),
    keyText: text,
    unreadable: null,
    fromFile: null,
    isOrderedByValue: true,
  }
}

function withTolerance(tolerance: Tolerance | undefined, old: string, now: string): string {
  const same = `${old} IS NOT DISTINCT FROM ${now}`
  if (tolerance === undefined) return same
  const near = nearness('number', tolerance, `(${old})::VARCHAR`, `(${now})::VARCHAR`)
  return near === null ? same : `(${same} OR coalesce(${near}, false))`
}

/** SQL condition that two texts are the same or nearly the same number or instant; NULL where one is none. */
function nearness(
  kind: 'number' | 'timestamp' | null,
  tolerance: Tolerance | undefined,
  old: string,
  now: string,
): string | null {
  if (kind === null) return null
  if (kind === 'timestamp') return `${readAs(old, TIMESTAMP)} = ${readAs(now, TIMESTAMP)}`
  const [a, b] = [readAs(old, DOUBLE), readAs(now, DOUBLE)]
  const [x, y] = [readAs(old, NUMBER), readAs(now, NUMBER)]
  if (tolerance === undefined) return `coalesce(${x} = ${y}, ${a} = ${b})`
  const { amount, relative } = tolerance
  if (relative) return `abs(${a} - ${b}) <= ${amount} / 100.0 * greatest(abs(${a}), abs(${b}))`
  return `coalesce(TRY(abs(${x} - ${y}) <= ${amount}::${NUMBER.sql}), abs(${a} - ${b}) <= ${amount}::DOUBLE)`
}
