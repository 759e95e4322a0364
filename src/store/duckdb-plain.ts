/**
 * Values of the common types read straight from DuckDB's vectors: the same as `rowConverter` (duckdb-values.ts) makes of
 * what the client reads, in a fraction of the time, and without loading the client. Of other types, and of dates outside
 * the years 1 to 9999, it says that it cannot read them. All platforms that DuckDB is built for are little-endian.
 */
import type { DataChunk, Result, Vector } from '@duckdb/node-bindings'
import type { NativeDuckDB } from './duckdb-library.js'
import { type SqlValue, wholeNumber } from './duckdb-values.js'

/** The value at a place of a vector; undefined when it is none that is read here. */
type Reader = (view: DataView, at: number) => SqlValue | undefined

interface PlainType {
  /** Bytes of one value. */
  readonly width: number
  readonly read: Reader
}

export interface ResultColumns {
  readonly names: readonly string[]
  /** Undefined unless all columns are of types read here. */
  readonly types: readonly PlainType[] | undefined
}

const MS_PER_DAY = 86_400_000
const MICROS_PER_SECOND = 1_000_000n
const FIRST_SECOND = -62_135_596_800
const LAST_SECOND = 253_402_300_799

const at = (width: number, read: Reader): PlainType => ({ width, read })

function date(days: number): string | undefined {
  const seconds = days * (MS_PER_DAY / 1000)
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return undefined
  return new Date(days * MS_PER_DAY).toISOString().slice(0, 10)
}

function instant(micros: bigint): string | undefined {
  const fraction = ((micros % MICROS_PER_SECOND) + MICROS_PER_SECOND) % MICROS_PER_SECOND
  const seconds = Number((micros - fraction) / MICROS_PER_SECOND)
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return undefined
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19)
  return fraction === 0n ? whole : `${whole}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`
}

function decimalText(scaled: bigint, scale: number): string {
  if (scale === 0) return String(scaled)
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

const int128 = (view: DataView, place: number): bigint =>
  (view.getBigInt64(place + 8, true) << 64n) + view.getBigUint64(place, true)

const floating = (value: number): SqlValue => (Number.isFinite(value) ? value : String(value))

// Unlike the client's, it keeps a byte order mark at the start of a value.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** A text of up to twelve bytes is in the vector itself; of a longer one there is its address. */
function textReader(native: NativeDuckDB): Reader {
  return (view, place) => {
    const length = view.getUint32(place, true)
    if (length === 0) return ''
    const start = view.byteOffset + place
    const bytes =
      length <= 12
        ? new Uint8Array(view.buffer, start + 4, length)
        : native.get_data_from_pointer(view.buffer as ArrayBuffer, start + 8, length)
    return utf8.decode(bytes)
  }
}

/** Types without parameters, by their number in DuckDB. */
function simpleTypes(native: NativeDuckDB): Readonly<Record<number, PlainType>> {
  const { Type } = native
  return {
    [Type.BOOLEAN]: at(1, (view, place) => view.getUint8(place) !== 0),
    [Type.TINYINT]: at(1, (view, place) => view.getInt8(place)),
    [Type.SMALLINT]: at(2, (view, place) => view.getInt16(place, true)),
    [Type.INTEGER]: at(4, (view, place) => view.getInt32(place, true)),
    [Type.BIGINT]: at(8, (view, place) => wholeNumber(view.getBigInt64(place, true))),
    [Type.HUGEINT]: at(16, (view, place) => wholeNumber(int128(view, place))),
    [Type.UTINYINT]: at(1, (view, place) => view.getUint8(place)),
    [Type.USMALLINT]: at(2, (view, place) => view.getUint16(place, true)),
    [Type.UINTEGER]: at(4, (view, place) => view.getUint32(place, true)),
    [Type.UBIGINT]: at(8, (view, place) => wholeNumber(view.getBigUint64(place, true))),
    [Type.FLOAT]: at(4, (view, place) => floating(view.getFloat32(place, true))),
    [Type.DOUBLE]: at(8, (view, place) => floating(view.getFloat64(place, true))),
    [Type.DATE]: at(4, (view, place) => date(view.getInt32(place, true))),
    [Type.TIMESTAMP]: at(8, (view, place) => instant(view.getBigInt64(place, true))),
    [Type.VARCHAR]: at(16, textReader(native)),
  }
}

/** A decimal is a whole number of its last digit, as wide as its digits need. */
function decimalType(digits: number, scale: number): PlainType {
  if (digits <= 4) return at(2, (view, place) => decimalText(BigInt(view.getInt16(place, true)), scale))
  if (digits <= 9) return at(4, (view, place) => decimalText(BigInt(view.getInt32(place, true)), scale))
  if (digits <= 18) return at(8, (view, place) => decimalText(view.getBigInt64(place, true), scale))
  return at(16, (view, place) => decimalText(int128(view, place), scale))
}

/** Names and types of a result's columns; a name that occurs again is `name:1`. */
export type DescribeResult = (result: Result) => ResultColumns

export function resultDescriber(native: NativeDuckDB): DescribeResult {
  const simple = simpleTypes(native)
  const typeOf = (result: Result, index: number): PlainType | undefined => {
    const type = native.column_type(result, index)
    if (type !== native.Type.DECIMAL) return simple[type]
    const logical = native.column_logical_type(result, index)
    return decimalType(native.decimal_width(logical), native.decimal_scale(logical))
  }
  return (result) => {
    const indexes = Array.from({ length: native.column_count(result) }, (_, index) => index)
    const seen = new Map<string, number>()
    const names = indexes.map((index) => {
      const name = native.column_name(result, index)
      const before = seen.get(name) ?? 0
      seen.set(name, before + 1)
      return before === 0 ? name : `${name}:${before}`
    })
    const types = indexes.map((index) => typeOf(result, index))
    return { names, types: types.every((type) => type !== undefined) ? types : undefined }
  }
}

/** Values of one column of a chunk; undefined when one of them cannot be read here. */
function columnValues(native: NativeDuckDB, vector: Vector, size: number, type: PlainType): SqlValue[] | undefined {
  const valid = native.vector_get_validity(vector, Math.ceil(size / 64) * 8) as Uint8Array | null
  const data = native.vector_get_data(vector, size * type.width)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const values: SqlValue[] = new Array(size)
  for (let row = 0; row < size; row += 1) {
    if (valid !== null && (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 0) values[row] = null
    else {
      const value = type.read(view, row * type.width)
      if (value === undefined) return undefined
      values[row] = value
    }
  }
  return values
}

/** The rows of a chunk as lists of values; undefined when something in it cannot be read here. */
export function plainValues(native: NativeDuckDB, chunk: DataChunk, columns: ResultColumns): SqlValue[][] | undefined {
  if (columns.types === undefined) return undefined
  const size = native.data_chunk_get_size(chunk)
  const rows: SqlValue[][] = Array.from({ length: size }, () => new Array(columns.names.length))
  for (const [index, type] of columns.types.entries()) {
    const values = columnValues(native, native.data_chunk_get_vector(chunk, index), size, type)
    if (values === undefined) return undefined
    values.forEach((value, row) => {
      ;(rows[row] as SqlValue[])[index] = value
    })
  }
  return rows
}
