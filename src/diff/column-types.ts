/** The types that values of a snapshot can be declared to have, and how text is read as one, exactly or not at all. */
import { UsageError } from '../errors.js'
import { nearestName } from '../model/text/near-miss.js'
import { literal } from '../store/columns.js'

export type TypeKind = 'text' | 'integer' | 'decimal' | 'double' | 'date' | 'timestamp' | 'boolean'

export interface ColumnType {
  readonly kind: TypeKind
  /** DuckDB's name of it. */
  readonly sql: string
}

export const TEXT: ColumnType = { kind: 'text', sql: 'VARCHAR' }

/** Wide enough for any price or share; the digits behind the point that are kept. */
const DECIMAL_WIDTH = 38
const DECIMAL_SCALE = 10

const NAMES: Readonly<Record<string, ColumnType>> = {
  text: TEXT,
  varchar: TEXT,
  string: TEXT,
  integer: { kind: 'integer', sql: 'BIGINT' },
  int: { kind: 'integer', sql: 'BIGINT' },
  bigint: { kind: 'integer', sql: 'BIGINT' },
  decimal: { kind: 'decimal', sql: `DECIMAL(${DECIMAL_WIDTH},${DECIMAL_SCALE})` },
  numeric: { kind: 'decimal', sql: `DECIMAL(${DECIMAL_WIDTH},${DECIMAL_SCALE})` },
  number: { kind: 'decimal', sql: `DECIMAL(${DECIMAL_WIDTH},${DECIMAL_SCALE})` },
  double: { kind: 'double', sql: 'DOUBLE' },
  float: { kind: 'double', sql: 'DOUBLE' },
  date: { kind: 'date', sql: 'DATE' },
  timestamp: { kind: 'timestamp', sql: 'TIMESTAMP' },
  boolean: { kind: 'boolean', sql: 'BOOLEAN' },
  bool: { kind: 'boolean', sql: 'BOOLEAN' },
}

/** The type that a word names, e.g. `integer` or `decimal(12,2)`, whatever its case. Throws UsageError `unknown-type`. */
export function columnType(word: string): ColumnType {
  const name = word.trim().toLowerCase()
  const known = NAMES[name]
  if (known !== undefined) return known
  const [, width, scale] = /^(?:decimal|numeric)\((\d{1,2}),(\d{1,2})\)$/.exec(name.replaceAll(' ', '')) ?? []
  if (width !== undefined && scale !== undefined) {
    const [w, s] = [Number(width), Number(scale)]
    if (w >= 1 && w <= DECIMAL_WIDTH && s <= w) return { kind: 'decimal', sql: `DECIMAL(${w},${s})` }
  }
  const near = nearestName(name, Object.keys(NAMES))
  throw new UsageError(`${word} is no type of a column.`, {
    code: 'unknown-type',
    excerpt: word,
    suggestions: [
      ...(near === undefined ? [] : [`Did you mean ${near}?`]),
      'Types: text, integer, decimal, decimal(WIDTH,SCALE), double, date, timestamp, boolean',
    ],
  })
}

const INSTANT =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?'

function decimalPattern(sql: string): string {
  const [width = DECIMAL_WIDTH, scale = DECIMAL_SCALE] = (sql.match(/\d+/g) ?? []).map(Number)
  const whole = width - scale
  // Zeros beyond the scale say nothing; any other digit there would be rounded away.
  const fraction = scale === 0 ? '0*' : `[0-9]{0,${scale}}0*`
  const digits = whole === 0 ? '0+' : `0*[0-9]{1,${whole}}`
  return `[+-]?(${digits}([.]${fraction})?|[.]${scale === 0 ? '0+' : `[0-9]{1,${scale}}0*`})`
}

/**
 * SQL that reads the text `t` as a value of the type: NULL where it is none, or would lose digits. Blanks around it do
 * not count. Timestamps with a zone are brought to UTC; without one they are taken as UTC.
 */
export function readAs(t: string, type: ColumnType): string {
  const matches = (pattern: string): string => `regexp_full_match(trim(${t}), ${literal(pattern)})`
  const cast = `TRY_CAST(trim(${t}) AS ${type.sql})`
  switch (type.kind) {
    case 'text':
      return t
    case 'integer':
      return `CASE WHEN ${matches('[+-]?[0-9]{1,19}')} THEN ${cast} END`
    case 'decimal':
      return `CASE WHEN ${matches(decimalPattern(type.sql))} THEN ${cast} END`
    case 'double':
      return `CASE WHEN ${matches('[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[nN][aA][nN]|[+-]?[iI]nf(inity)?')} THEN ${cast} END`
    case 'date':
      return `CASE WHEN length(trim(${t})) = 10 AND ${cast}::VARCHAR = trim(${t}) THEN ${cast} END`
    case 'timestamp':
      return `CASE WHEN ${matches(INSTANT)} THEN TRY_CAST(trim(${t}) AS TIMESTAMPTZ)::TIMESTAMP END`
    case 'boolean':
      return `CASE lower(trim(${t})) WHEN 'true' THEN true WHEN 't' THEN true WHEN '1' THEN true WHEN 'yes' THEN true
        WHEN 'false' THEN false WHEN 'f' THEN false WHEN '0' THEN false WHEN 'no' THEN false END`
  }
}
