/** SQL that writes values as JSON without losing a digit. */
import { textSql } from '../ingest/index.js'
import { literal } from '../store/columns.js'

const WHOLE = /^U?(TINY|SMALL|BIG|HUGE)INT$|^U?INTEGER$/
const DECIMAL = /^DECIMAL\(\d+,(\d+)\)$/

/** SQL for the JSON text of a value of a DuckDB type; `null` for NULL. Numbers are numbers, all else is text as elsewhere. */
export function jsonValue(value: string, type: string): string {
  return `coalesce(${jsonText(value, type)}, 'null')`
}

/** The same, but NULL for NULL. */
export function jsonText(value: string, type: string): string {
  if (WHOLE.test(type) || type === 'BOOLEAN') return `${value}::VARCHAR`
  const scale = Number(DECIMAL.exec(type)?.[1] ?? 0)
  // Zeros at the end are those of the type, not of whoever wrote the number.
  if (DECIMAL.test(type)) {
    return scale === 0 ? `${value}::VARCHAR` : `regexp_replace(${value}::VARCHAR, '[.]?0+$', '')`
  }
  if (type === 'DOUBLE' || type === 'FLOAT') {
    return `CASE WHEN isfinite(${value}) THEN ${value}::VARCHAR ELSE to_json(${value}::VARCHAR)::VARCHAR END`
  }
  return `to_json(${type === 'VARCHAR' ? value : textSql(value, type)})::VARCHAR`
}

export interface JsonMember {
  readonly name: string
  /** SQL of its value, and the type of that. */
  readonly value: string
  readonly type: string
  /** SQL of its JSON text, where the type does not tell it; NULL is `null`. */
  readonly json?: string
}

/** SQL for the JSON text of an object with these members in this order. */
export function jsonObject(members: readonly JsonMember[]): string {
  if (members.length === 0) return `'{}'`
  const parts = members.map(
    ({ name, value, type, json }, index) =>
      `${literal(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`)} || ${json === undefined ? jsonValue(value, type) : `coalesce(${json}, 'null')`}`,
  )
  return `${parts.join(' || ')} || '}'`
}
