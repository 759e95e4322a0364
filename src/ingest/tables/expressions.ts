/**
 * SQL expressions of mapping files: one scalar expression over the text columns of the source. It is parsed by the
 * database, checked part by part against what is allowed, and written out again from what was parsed; the text of the
 * file itself never becomes SQL.
 */

import { nearestName } from '../../model/text/near-miss.js'
import { quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { ALLOWED, objections } from '../../store/expressions/confine.js'
import { columnPath, nodesOf, parseExpression, type SqlNode, writeExpression } from '../../store/expressions/parse.js'
import type { MappedColumn } from './mapping.js'

const CONFINEMENT = { functions: ALLOWED.mapping, strict: false }

/** The column references of an expression, as written. */
const columnsIn = (root: SqlNode): string[] =>
  [...nodesOf(root)].filter((node) => node.class === 'COLUMN_REF').map((node) => columnPath(node).join('.'))

/** What is wrong with a parsed expression, in words; null when nothing is. */
function objection(text: string, root: SqlNode, columns: readonly string[]): string | null {
  const [refused] = objections(text, root, CONFINEMENT)
  if (refused !== undefined) return refused.message
  const isKnown = (name: string) => columns.some((column) => column.toLowerCase() === name.toLowerCase())
  for (const node of nodesOf(root)) {
    if (node.class !== 'COLUMN_REF') continue
    const path = columnPath(node)
    const name = path.join('.')
    if (path.length === 1 && isKnown(name)) continue
    const near = nearestName(name, columns)
    return `the source has no column ${name}${near === undefined ? '' : `; did you mean ${near}?`}`
  }
  return null
}

export interface ColumnSql {
  readonly sql: string
  /** Names of the source columns that it reads. */
  readonly reads: readonly string[]
}

/**
 * SQL for a mapped column over a row whose columns are the source's, under their own names; VARCHAR, NULL where the
 * expression fails on a row.
 * Throws InputError at the mapping's line when it is neither a source column nor an allowed expression.
 */
export async function columnSql(db: Evidence, mapped: MappedColumn, columns: readonly string[]): Promise<ColumnSql> {
  const text = mapped.source.trim()
  const plain = columns.find((column) => column.toLowerCase() === text.toLowerCase())
  if (plain !== undefined) return { sql: quoted(plain), reads: [plain] }
  const parsed = await parseExpression(db, text)
  const near = nearestName(text, columns)
  const hint =
    near === undefined ? [`Columns of the source: ${columns.join(', ')}`.slice(0, 500)] : [`Did you mean ${near}?`]
  if (parsed.kind === 'failure') {
    throw parsed.reason === 'syntax'
      ? mapped.failure(`${text} is neither a column of the source nor an expression: ${parsed.message}.`, hint)
      : mapped.failure(`${text} must be one scalar expression.`)
  }
  const expression = parsed.root
  const problem = objection(text, expression, columns)
  if (problem !== null) throw mapped.failure(`${text}: ${problem}.`, hint)
  const sql = `TRY((${await writeExpression(db, expression)}))::VARCHAR`
  await checkTypes(db, sql, mapped, columns)
  const named = new Set(columnsIn(expression).map((name) => name.toLowerCase()))
  return { sql, reads: columns.filter((column) => named.has(column.toLowerCase())) }
}

/** Binds the expression to a row of text columns, so that a wrong type is told before the file is read. */
async function checkTypes(db: Evidence, sql: string, mapped: MappedColumn, columns: readonly string[]): Promise<void> {
  const row = columns.map((column) => `NULL::VARCHAR AS ${quoted(column)}`).join(', ')
  try {
    await db.rows(`SELECT ${sql} AS v FROM (SELECT ${row} WHERE false)`)
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw mapped.failure(`${mapped.source.trim()}: ${why.replace(/^[A-Z]\w+ Error: /, '')}`, [
      'All columns of the source are text: convert them first, e.g. CAST(price AS DECIMAL(12,2))',
    ])
  }
}
