/**
 * SQL expressions from settings files (mappings, alert rules): parsed by the database's own parser, looked at part by part,
 * and written out again by the database from what it parsed, so that the text of a file itself never becomes SQL.
 */
import type { Evidence } from '../duckdb.js'
import { readLossless, writeLossless } from './lossless-json.js'

/** A part of a parsed expression, as `json_serialize_sql` gives it. */
export interface SqlNode {
  readonly [part: string]: unknown
}

export const isSqlNode = (value: unknown): value is SqlNode =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
export const asSqlNode = (value: unknown): SqlNode => (isSqlNode(value) ? value : {})
export const asSqlList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** One scalar expression. */
export interface ParsedExpression {
  readonly kind: 'expression'
  readonly root: SqlNode
}

/** Why a text is no expression; `offset` counts UTF-16 units into the text, null where the parser names no place. */
export interface ParseFailure {
  readonly kind: 'failure'
  readonly reason: 'syntax' | 'several'
  readonly message: string
  readonly offset: number | null
}

const PREFIX = 'SELECT '
/** Parts of a SELECT that have a value though nothing was written. */
const BARE_PARTS: ReadonlySet<string> = new Set(['type', 'select_list', 'from_table', 'aggregate_handling'])
const isAbsent = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Parses a text that should be one scalar expression. What it may do is not judged here: see `confine.ts`. */
export async function parseExpression(db: Evidence, text: string): Promise<ParsedExpression | ParseFailure> {
  const [row] = await db.rows('SELECT json_serialize_sql($sql::VARCHAR) AS ast', { sql: PREFIX + text })
  const parsed = asSqlNode(readLossless(String(row?.ast)))
  if (parsed.error === true) {
    const position = Number(parsed.position ?? Number.NaN)
    const offset = Number.isFinite(position) ? textOffset(text, position) : null
    return { kind: 'failure', reason: 'syntax', message: String(parsed.error_message), offset }
  }
  const root = soleExpression(parsed)
  if (root === undefined) {
    return { kind: 'failure', reason: 'several', message: 'it must be one scalar expression', offset: null }
  }
  return { kind: 'expression', root }
}

/** The one expression of `SELECT <text>`; undefined when the text is more or other than that. */
function soleExpression(parsed: SqlNode): SqlNode | undefined {
  const [statement, ...others] = asSqlList(parsed.statements)
  const node = asSqlNode(asSqlNode(statement).node)
  const [item, ...more] = asSqlList(node.select_list)
  const isBare =
    others.length === 0 &&
    more.length === 0 &&
    node.type === 'SELECT_NODE' &&
    asSqlNode(node.from_table).type === 'EMPTY' &&
    asSqlList(asSqlNode(asSqlNode(node.cte_map).map)).length === 0 &&
    Object.entries(node).every(([part, value]) => BARE_PARTS.has(part) || part === 'cte_map' || isAbsent(value)) &&
    isSqlNode(item) &&
    isAbsent(item.alias)
  return isBare ? (item as SqlNode) : undefined
}

/** Where a part stands in the text of its expression, in UTF-16 units; null where the parser does not say. */
export function offsetOf(text: string, node: SqlNode): number | null {
  const location = Number(node.query_location)
  return Number.isSafeInteger(location) && location >= PREFIX.length ? textOffset(text, location) : null
}

/** The parser counts bytes of the statement. */
function textOffset(text: string, position: number): number {
  const bytes = Buffer.from(text, 'utf8')
  return bytes.subarray(0, Math.max(0, position - PREFIX.length)).toString('utf8').length
}

/** All nodes of an expression, parents before children, in the order of the text as far as the parser keeps it. */
export function* nodesOf(value: unknown): Generator<SqlNode> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one)
  if (!isSqlNode(value)) return
  if (typeof value.class === 'string') yield value
  if (value.class === 'CONSTANT') return
  for (const part of Object.values(value)) yield* nodesOf(part)
}

/** The same expression with nodes replaced; what `change` returns undefined for is looked into. */
export function rewritten(value: unknown, change: (node: SqlNode) => SqlNode | undefined): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, change))
  if (!isSqlNode(value)) return value
  const other = typeof value.class === 'string' ? change(value) : undefined
  if (other !== undefined) return other
  return Object.fromEntries(Object.entries(value).map(([part, one]) => [part, rewritten(one, change)]))
}

/** The name that a column is written with: `after.price` is two parts. */
export const columnPath = (node: SqlNode): readonly string[] => asSqlList(node.column_names).map(String)

/** A reference to a plain column, to put in place of another node. */
export const columnNode = (name: string): SqlNode => ({
  class: 'COLUMN_REF',
  type: 'COLUMN_REF',
  alias: '',
  column_names: [name],
})

/** The expression as SQL, written by the database. Throws what the database throws where it cannot. */
export async function writeExpression(db: Evidence, root: unknown): Promise<string> {
  const [sql] = await writeExpressions(db, [root])
  return sql ?? ''
}

/** Several expressions as SQL, each written by the database from what it parsed. */
export async function writeExpressions(db: Evidence, roots: readonly unknown[]): Promise<string[]> {
  if (roots.length === 0) return []
  const rows = await db.rows(
    'SELECT json_deserialize_sql(ast::JSON) AS sql FROM (SELECT unnest($asts::VARCHAR[]) AS ast)',
    { asts: roots.map(statementOf) },
  )
  return rows.map(({ sql }) => String(sql).slice(PREFIX.length))
}

function statementOf(root: unknown): string {
  const node = {
    type: 'SELECT_NODE',
    modifiers: [],
    cte_map: { map: [] },
    select_list: [root],
    from_table: { type: 'EMPTY', alias: '', sample: null },
    where_clause: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: 'STANDARD_HANDLING',
    having: null,
    sample: null,
    qualify: null,
  }
  return writeLossless({ error: false, statements: [{ node, named_param_map: [] }] })
}
