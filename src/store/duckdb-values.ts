/**
 * Values between DuckDB and JavaScript, without loss on the way: what a double cannot hold stays text.
 */
import type * as DuckDB from '@duckdb/node-api'
import { InternalError } from '../errors.js'

export type DuckDBModule = typeof DuckDB

/** What may be bound to a `$name` of a statement; a list is a list of texts. */
export type SqlParameter = string | number | bigint | boolean | null | readonly string[]
export type SqlParameters = Readonly<Record<string, SqlParameter>>

export type SqlValue = string | number | boolean | null | readonly SqlValue[] | { readonly [field: string]: SqlValue }
/** Column name → value. */
export type Row = Record<string, SqlValue>

export interface BoundParameters {
  readonly values: Record<string, DuckDB.DuckDBValue>
  readonly types: Record<string, DuckDB.DuckDBType>
}

const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)
const DATE_INFINITY_DAYS = 2 ** 31 - 1

/**
 * Turns parameters into DuckDB values with their SQL types.
 * Throws InternalError for a number that is not exact (NaN, infinite, or whole beyond 2^53).
 */
export function bindParameters(duckdb: DuckDBModule, parameters: SqlParameters): BoundParameters {
  const values: Record<string, DuckDB.DuckDBValue> = {}
  const types: Record<string, DuckDB.DuckDBType> = {}
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') {
      values[name] = value
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
        throw new InternalError(`Parameter $${name} is not an exact number: ${value}`, { code: 'inexact-parameter' })
      }
      values[name] = value
    } else if (typeof value === 'bigint') {
      values[name] = value
      // Left to itself the client binds HUGEINT, and a BIGINT column compared with that loses its zone maps.
      types[name] = value >= INT64_MIN && value <= INT64_MAX ? duckdb.BIGINT : duckdb.HUGEINT
    } else {
      values[name] = duckdb.listValue([...value])
      types[name] = duckdb.LIST(duckdb.VARCHAR)
    }
  }
  return { values, types }
}

/**
 * The converter for everything read from DuckDB. Whole numbers (BIGINT, HUGEINT, counts) become numbers within 2^53
 * and text beyond; DECIMAL is text with its full scale; DATE `2019-06-01`; TIMESTAMP `2019-06-01T12:00:00` as it
 * has no zone; TIMESTAMPTZ the same in UTC with `Z`; lists and structs arrays and objects of the same.
 */
export function rowConverter(duckdb: DuckDBModule): DuckDB.DuckDBValueConverter<SqlValue> {
  const id = duckdb.DuckDBTypeId
  // The client's own Json converter yields Json values only, of which SqlValue is the same set without `undefined`.
  const lossless = duckdb.JsonDuckDBValueConverter as unknown as DuckDB.DuckDBValueConverter<SqlValue>
  return (value, type, self) => {
    if (value === null || value === undefined) return null
    switch (type.typeId) {
      case id.BIGINT:
      case id.UBIGINT:
      case id.HUGEINT:
      case id.UHUGEINT:
        return wholeNumber(value)
      case id.DATE:
        return value instanceof duckdb.DuckDBDateValue ? dateText(value) : String(value)
      case id.TIMESTAMP:
      case id.TIMESTAMP_S:
      case id.TIMESTAMP_MS:
      case id.TIMESTAMP_NS:
        return isoText(String(value))
      case id.TIMESTAMP_TZ: {
        if (!(value instanceof duckdb.DuckDBTimestampTZValue)) return String(value)
        // Its own text is in the time zone of the Node process, not of the database.
        const text = isoText(String(new duckdb.DuckDBTimestampValue(value.micros)))
        return text.includes('T') ? `${text}Z` : text
      }
      default:
        return lossless(value, type, self)
    }
  }
}

function wholeNumber(value: DuckDB.DuckDBValue): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

function dateText(value: DuckDB.DuckDBDateValue): string {
  if (Math.abs(value.days) === DATE_INFINITY_DAYS) return value.days > 0 ? 'infinity' : '-infinity'
  return value.toString()
}

/** `2019-06-01 12:00:00` to `2019-06-01T12:00:00`; `infinity` and years before Christ stay as they are. */
function isoText(text: string): string {
  return text.replace(/^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/, '$1T$2')
}
