/**
 * SQL expressions of mapping files: one scalar expression over the text columns of the source. It is parsed by the
 * database, checked part by part against what is allowed, and written out again from what was parsed; the text of the
 * file itself never becomes SQL.
 */

import { nearestName } from '../../model/text/near-miss.js'
import { quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import type { MappedColumn } from './mapping.js'

/** Functions that depend on nothing but their arguments and cannot make much of little. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `|| + - * / // % ^ & ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape
  abs ceil ceiling concat concat_ws contains date_diff datediff date_part datepart date_trunc datetrunc day ends_with
  suffix prefix starts_with floor greatest least instr strpos position last_day left left_grapheme length len
  strlen lower lcase lpad rpad ltrim rtrim trim make_date month year quarter week nfc_normalize nullif ifnull
  array_extract list_extract list_element array_slice array_to_string list_concat list_distinct list_sort
  list_reverse list_contains regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace replace
  reverse right right_grapheme round trunc sign split split_part str_split string_split str_split_regex
  string_split_regex regexp_split_to_array strftime strptime try_strptime strip_accents substr substring
  substring_grapheme to_days to_months to_years translate unicode ord chr ascii upper ucase list_value md5 sha256
  if coalesce json_extract json_extract_string json_valid typeof`.split(/\s+/),
)

/** Node classes of the parsed expression that may occur; queries, windows, stars, parameters and lambdas may not. */
const CLASSES: ReadonlySet<string> = new Set([
  'FUNCTION',
  'OPERATOR',
  'CAST',
  'CASE',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'COLUMN_REF',
  'BETWEEN',
])

/** Padding is the one function here that makes long texts of short ones. */
const PAD_LIMIT = 1000

interface Node {
  readonly [part: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const asNode = (value: unknown): Node => (isNode(value) ? value : {})
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What is wrong with a parsed expression, in words; null when nothing is. */
function objection(value: unknown, columns: readonly string[]): string | null {
  if (Array.isArray(value)) return firstOf(value, columns)
  if (!isNode(value)) return null
  const kind = value.class
  if (typeof kind === 'string') {
    if (!CLASSES.has(kind)) return `${kind.toLowerCase().replaceAll('_', ' ')} is not allowed here`
    if (kind === 'CONSTANT') return null
    if (kind === 'COLUMN_REF') return unknownColumn(asList(value.column_names), columns)
    if (kind === 'FUNCTION') {
      const problem = functionProblem(value)
      if (problem !== null) return problem
    }
  }
  return firstOf(Object.values(value), columns)
}

function firstOf(values: readonly unknown[], columns: readonly string[]): string | null {
  for (const value of values) {
    const problem = objection(value, columns)
    if (problem !== null) return problem
  }
  return null
}

function unknownColumn(path: readonly unknown[], columns: readonly string[]): string | null {
  const name = path.map(String).join('.')
  if (path.length === 1 && columns.some((column) => column.toLowerCase() === name.toLowerCase())) return null
  const near = nearestName(name, columns)
  return `the source has no column ${name}${near === undefined ? '' : `; did you mean ${near}?`}`
}

function functionProblem(node: Node): string | null {
  const name = String(node.function_name).toLowerCase()
  const isPlain =
    node.distinct !== true && node.filter === undefined && ['', 'main'].includes(String(node.schema ?? ''))
  if (!FUNCTIONS.has(name) || !isPlain) return `the function ${name} is not allowed here`
  if (name !== 'lpad' && name !== 'rpad') return null
  const length = asNode(asNode(asList(node.children)[1]).value).value
  return typeof length === 'number' && length <= PAD_LIMIT ? null : `${name} needs a fixed length up to ${PAD_LIMIT}`
}

/** The one expression of `SELECT <text>`; undefined when the text is more or other than that. */
function soleExpression(parsed: Node): unknown {
  const [statement, ...others] = asList(parsed.statements)
  const node = asNode(asNode(statement).node)
  const [item, ...more] = asList(node.select_list)
  const allowed = ['type', 'select_list', 'from_table', 'aggregate_handling']
  const isBare =
    others.length === 0 &&
    more.length === 0 &&
    node.type === 'SELECT_NODE' &&
    asNode(node.from_table).type === 'EMPTY' &&
    Object.keys(node).every((part) => allowed.includes(part)) &&
    (asNode(item).alias ?? '') === ''
  return isBare ? item : undefined
}

/** The columns of the source that an expression names. */
function columnsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(columnsIn)
  if (!isNode(value)) return []
  if (value.class === 'COLUMN_REF') return [asList(value.column_names).map(String).join('.')]
  return Object.values(value).flatMap(columnsIn)
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
  const [row] = await db.rows(
    'SELECT json_serialize_sql($sql::VARCHAR, skip_null := true, skip_empty := true) AS ast',
    {
      sql: `SELECT ${text}`,
    },
  )
  const parsed = asNode(JSON.parse(String(row?.ast)))
  const near = nearestName(text, columns)
  const hint =
    near === undefined ? [`Columns of the source: ${columns.join(', ')}`.slice(0, 500)] : [`Did you mean ${near}?`]
  if (parsed.error === true) {
    throw mapped.failure(
      `${text} is neither a column of the source nor an expression: ${String(parsed.error_message)}.`,
      hint,
    )
  }
  const expression = soleExpression(parsed)
  if (expression === undefined) throw mapped.failure(`${text} must be one scalar expression.`)
  const problem = objection(expression, columns)
  if (problem !== null) throw mapped.failure(`${text}: ${problem}.`, hint)
  const sql = await written(db, text)
  await checkTypes(db, sql, mapped, columns)
  const named = new Set(columnsIn(expression).map((name) => name.toLowerCase()))
  return { sql, reads: columns.filter((column) => named.has(column.toLowerCase())) }
}

/** The expression written out by the database from what it parsed. */
async function written(db: Evidence, text: string): Promise<string> {
  const [row] = await db.rows('SELECT json_deserialize_sql(json_serialize_sql($sql::VARCHAR)) AS sql', {
    sql: `SELECT ${text}`,
  })
  return `TRY((${String(row?.sql).replace(/^SELECT /, '')}))::VARCHAR`
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
