/** What the columns of a JSON Lines file hold besides texts, so that it can be written the way it was. */
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { jsonText } from './json-text.js'
import { lineScan, type Side } from './sides.js'

export type JsonKind = 'number' | 'boolean' | 'nested'

const KINDS: Readonly<Record<string, JsonKind>> = {
  ...{ UBIGINT: 'number', BIGINT: 'number', HUGEINT: 'number', DOUBLE: 'number' },
  ...{ BOOLEAN: 'boolean', OBJECT: 'nested', ARRAY: 'nested' },
}

/** Columns whose values are never texts → what they are. None of a file that is no JSON Lines. */
export async function jsonKinds(
  db: Evidence,
  side: Side,
  names: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<JsonKind>>> {
  if (side.opened.kind !== 'jsonl' || names.length === 0) return new Map()
  const types = names.map((name, index) => {
    const pointer = literal(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    return `list(DISTINCT CASE WHEN json_valid(l) THEN json_type(l, ${pointer}) END) AS t${index}`
  })
  const [found] = await db.rows(`SELECT ${types.join(', ')} FROM ${lineScan(side, 0)}`)
  return new Map(
    names.flatMap((name, index) => {
      const seen = ((found?.[`t${index}`] ?? []) as readonly (string | null)[]).filter(
        (type): type is string => type !== null && type !== 'NULL',
      )
      const kinds = seen.map((type) => KINDS[type])
      const isPlain = kinds.length > 0 && kinds.every((kind) => kind !== undefined)
      return isPlain ? [[name, new Set(kinds as JsonKind[])] as const] : []
    }),
  )
}

const NUMBER = literal('-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?')

/** SQL for the JSON text of a text, written bare where it is one of the kinds. */
export function jsonOfKinds(text: string, kinds: ReadonlySet<JsonKind>): string {
  const bare = [
    ...(kinds.has('number') ? [`regexp_full_match(${text}, ${NUMBER})`] : []),
    ...(kinds.has('boolean') ? [`${text} IN ('true', 'false')`] : []),
    ...(kinds.has('nested') ? [`(left(${text}, 1) IN ('{', '[') AND json_valid(${text}))`] : []),
  ]
  return `CASE WHEN ${bare.join(' OR ')} THEN ${text} ELSE ${jsonText(text, 'VARCHAR')} END`
}
