/**
 * Values between DuckDB and JavaScript, without loss on the way: what a double cannot hold stays text.
 */
import type * as DuckDB from '@duckdb/node-api'
import type { PreparedStatement, Value } from '@duckdb/node-bindings'
import { InternalError } from '../errors.js'
import type { DuckDBClient, NativeDuckDB } from './duckdb-library.js'

/** What may be bound to a `$name` of a statement; a list is a list of texts. */
export type SqlParameter = string | number | bigint | boolean | null | readonly string[]
export type SqlParameters = Readonly<Record<string, SqlParameter>>

export type SqlValue = string | number | boolean | null | readonly SqlValue[] | { readonly [field: string]: SqlValue }
/** Column name → value. */
export type Row = Record<string, SqlValue>

const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)
const INT32_MAX = 2 ** 31 - 1
const DATE_INFINITY_DAYS = 2 ** 31 - 1

/**
 * Binds values to the `$names` of a prepared statement, each with its SQL type.
 * Throws InternalError for a number that is not exact (NaN, infinite, or whole beyond 2^53).
 */
export function bindParameters(native: NativeDuckDB, statement: PreparedStatement, parameters: SqlParameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    const index = native.bind_parameter_index(statement, name)
    if (value === null) native.bind_null(statement, index)
    else if (typeof value === 'string') native.bind_varchar(statement, index, value)
    else if (typeof value === 'boolean') native.bind_boolean(statement, index, value)
    else if (typeof value === 'number') bindNumber(native, statement, index, value, name)
    else if (typeof value === 'bigint') {
      // A BIGINT column compared with a HUGEINT loses its zone maps.
      if (value >= INT64_MIN && value <= INT64_MAX) native.bind_int64(statement, index, value)
      else native.bind_hugeint(statement, index, value)
    } else native.bind_value(statement, index, textList(native, value))
  }
}

function bindNumber(
  native: NativeDuckDB,
  statement: PreparedStatement,
  index: number,
  value: number,
  name: string,
): void {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new InternalError(`Parameter $${name} is not an exact number: ${value}`, { code: 'inexact-parameter' })
  }
  if (!Number.isInteger(value)) native.bind_double(statement, index, value)
  else if (Math.abs(value) <= INT32_MAX) native.bind_int32(statement, index, value)
  else native.bind_int64(statement, index, BigInt(value))
}

const textList = (native: NativeDuckDB, texts: readonly string[]): Value =>
  native.create_list_value(
    native.create_logical_type(native.Type.VARCHAR),
    texts.map((text) => native.create_varchar(text)),
  )

/**
 * The converter for everything read from DuckDB. Whole numbers (BIGINT, HUGEINT, counts) become numbers within 2^53
 * and text beyond; DECIMAL is text with its full scale; DATE `2019-06-01`; TIMESTAMP `2019-06-01T12:00:00` as it
 * has no zone; TIMESTAMPTZ the same in UTC with `Z`; lists and structs arrays and objects of the same.
 */
export function rowConverter(duckdb: DuckDBClient): DuckDB.DuckDBValueConverter<SqlValue> {
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

/** A whole number as a number within 2^53, as text beyond. */
export function wholeNumber(value: DuckDB.DuckDBValue): number | string {
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
