/** From the source's columns to those of the relation. */
import { InputError } from '../../errors.js'
import type { Relation, RelationName } from '../../model/relations.js'
import { nearestName } from '../../model/text/near-miss.js'
import { literal, quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { requiredColumns } from './contract-columns.js'
import { columnSql } from './expressions.js'
import { type Mapping, OPERATION } from './mapping.js'
import type { RawTable } from './types.js'

export interface Bound {
  readonly relation: Relation
  /** SQL over the source's columns by column of the relation; a column that is not given is left out. */
  readonly values: ReadonlyMap<string, string>
  /** SQL of the operation, in a delta that has one. */
  readonly operation: string | null
  /** Source columns that no column of the relation takes. */
  readonly unknown: readonly string[]
}

/** The words that `op` may hold in a delta; only `delete` withdraws. */
const OPERATIONS = ['', 'create', 'update', 'upsert', 'delete']

export interface BindOptions {
  readonly file: string
  readonly scope: 'full' | 'delta'
  /** Line of the header, for complaints. */
  readonly headerLine: number
}

/** Columns by their own names, case apart. Throws InputError `missing-column` naming the nearest. */
export function bindByName(relation: Relation, names: readonly string[], options: BindOptions): Bound {
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]))
  const missing = requiredColumns(relation).find((column) => !byName.has(column.toLowerCase()))
  if (missing !== undefined) throw missingColumn(relation.name, missing, names, options)
  const values = new Map<string, string>()
  for (const { name } of relation.columns) {
    const source = byName.get(name.toLowerCase())
    if (source === undefined) continue
    values.set(name, quoted(source))
    byName.delete(name.toLowerCase())
  }
  const operation = options.scope === 'delta' ? byName.get(OPERATION) : undefined
  if (operation !== undefined) byName.delete(OPERATION)
  return {
    relation,
    values,
    operation: operation === undefined ? null : quoted(operation),
    unknown: [...byName.values()],
  }
}

function missingColumn(
  relation: RelationName | string,
  missing: string,
  names: readonly string[],
  { file, headerLine }: BindOptions,
): InputError {
  const near = nearestName(missing, names)
  const found = names.map((name) => JSON.stringify(name)).join(', ')
  return new InputError(
    `${file}, line ${headerLine}: the column ${missing}, which ${relation} needs, is missing. Columns found: ${found.slice(0, 1000)}.`,
    {
      code: 'missing-column',
      file,
      line: headerLine,
      excerpt: names.join(', ').slice(0, 200),
      suggestions: [
        near === undefined
          ? `Name the column ${missing}, or say with --mapping which column it is`
          : `Is ${JSON.stringify(near)} the column ${missing}? Rename it, or say so with --mapping`,
      ],
    },
  )
}

/** Columns as a mapping says. Throws InputError at the mapping's line. */
export async function bindByMapping(
  db: Evidence,
  mapping: Mapping,
  names: readonly string[],
  options: BindOptions,
): Promise<Bound> {
  if (mapping.columns === null) return bindByName(mapping.relation, names, options)
  const values = new Map<string, string>()
  let operation: string | null = null
  const used = new Set<string>()
  for (const mapped of mapping.columns) {
    const { sql, reads } = await columnSql(db, mapped, names)
    for (const name of reads) used.add(name)
    if (mapped.target === OPERATION && !mapping.relation.columns.some(({ name }) => name === OPERATION)) operation = sql
    else values.set(mapped.target, sql)
  }
  if (options.scope === 'full') operation = null
  else if (operation === null) {
    const column = names.find((name) => name.toLowerCase() === OPERATION && !used.has(name))
    if (column !== undefined) {
      operation = quoted(column)
      used.add(column)
    }
  }
  return { relation: mapping.relation, values, operation, unknown: names.filter((name) => !used.has(name)) }
}

/** Cells of unknown columns as JSON text, empty ones left out; NULL when all are. */
function extraSql(unknown: readonly string[]): string {
  if (unknown.length === 0) return 'NULL::VARCHAR'
  const cells = unknown.map((name) => `nullif(${quoted(name)}, '')`)
  const pairs = unknown.map((name, index) => `${literal(name)}, ${cells[index]}`)
  const object = `json_merge_patch('{}', json_object(${pairs.join(', ')}))::VARCHAR`
  return `CASE WHEN coalesce(${cells.join(', ')}) IS NOT NULL THEN ${object} END`
}

function operationSql(operation: string | null): { op: string; reject: string } {
  if (operation === null) return { op: 'NULL::VARCHAR', reject: '" reject"' }
  const word = `lower(trim(coalesce(${operation}, '')))`
  const allowed = OPERATIONS.map(literal).join(', ')
  const reason = `'op is not create, update, upsert or delete: ' || left(${operation}, 100)`
  return {
    op: `CASE WHEN ${word} = 'delete' THEN 'delete' END`,
    reject: `coalesce(" reject", CASE WHEN ${word} NOT IN (${allowed}) THEN ${reason} END)`,
  }
}

/**
 * The given rows of a file as a SELECT for `Staging.give`: one row per record of the raw table. The places have names that
 * begin with a blank, which no trimmed column name does.
 */
export function givenSelect(file: number, raw: RawTable, bound: Bound): string {
  const sources = raw.names.map((name, index) => `c${index} AS ${quoted(name)}`)
  const { op, reject } = operationSql(bound.operation)
  const values = bound.relation.columns.map(
    ({ name }) => `${bound.values.get(name) ?? 'NULL::VARCHAR'} AS ${quoted(name)}`,
  )
  return `SELECT ${file}::INTEGER AS file, " line" AS line, NULL::VARCHAR AS unit, NULL::VARCHAR AS spoken, ${op} AS op,
      NULL::VARCHAR AS raw, ${extraSql(bound.unknown)} AS extra, ${reject} AS reject, " reject_text" AS reject_text,
      ${values.join(', ')}
    FROM (SELECT line AS " line", reject AS " reject", reject_text AS " reject_text", ${sources.join(', ')}
      FROM (${raw.select}))`
}
