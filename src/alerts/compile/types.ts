/**
 * Types of conditions. The database tells the type of every part over an empty row; what it would let pass and get wrong
 * or fail on later (text in a list of numbers, text ordered as text) is told here.
 */
import { literal, quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { constantOf } from '../../store/expressions/confine.js'
import {
  asSqlList,
  columnPath,
  nodesOf,
  offsetOf,
  type SqlNode,
  writeExpressions,
} from '../../store/expressions/parse.js'
import { type ScopeColumn, written } from './scope.js'
import type { Failure } from './scopes.js'

interface TypedPart {
  readonly text: string
  readonly root: SqlNode
  readonly sql: string
  readonly operands: readonly ScopeColumn[]
}

/** SELECT of no row that has the columns of a scope. */
export const emptyRow = (columns: readonly { flat: string; type: string }[]): string =>
  columns.length === 0
    ? '(SELECT 1 AS nothing WHERE false)'
    : `(SELECT ${columns.map(({ flat, type }) => `NULL::${type} AS ${quoted(flat)}`).join(', ')} WHERE false)`

/** What is wrong with the types of one part of a condition; offsets are into its own text. */
export async function typeProblems(db: Evidence, part: TypedPart): Promise<Failure[]> {
  const { root, sql, operands, text } = part
  const groups = comparedIn(root)
  const sides = groups.flatMap(({ values }) => values)
  const written = await writeExpressions(db, sides)
  const types = await typesOf(db, [sql, ...written], operands)
  if ('error' in types) return [bindingProblem(part, types.error)]
  const [whole = '', ...others] = types.types
  if (whole !== 'BOOLEAN') return [{ message: `${text} is not true or false but ${spoken(whole)}`, offset: 0 }]
  const failures: Failure[] = []
  let next = 0
  for (const { values, node } of groups) {
    const own = others.slice(next, next + values.length)
    next += values.length
    const problem = await mixedTypes(db, values, own, operands)
    if (problem !== null) failures.push({ ...problem, offset: offsetOf(text, node) })
  }
  return failures
}

async function typesOf(
  db: Evidence,
  expressions: readonly string[],
  operands: readonly ScopeColumn[],
): Promise<{ types: string[] } | { error: Error }> {
  const list = expressions.map((sql, index) => `(${sql}) AS c${index}`).join(', ')
  try {
    const rows = await db.rows(`DESCRIBE SELECT ${list} FROM ${emptyRow(operands)}`)
    return { types: rows.map(({ column_type }) => String(column_type)) }
  } catch (error) {
    if (
      error instanceof Error &&
      /^(?:Binder|Conversion|Invalid Input|Catalog|Not implemented|Out of Range|Parser) Error/i.test(error.message)
    )
      return { error }
    throw error
  }
}

/** Values that are compared with one another. */
function comparedIn(root: SqlNode): { node: SqlNode; values: unknown[] }[] {
  return [...nodesOf(root)].flatMap((node) => {
    if (node.class === 'COMPARISON') return [{ node, values: [node.left, node.right] }]
    if (node.class === 'BETWEEN') return [{ node, values: [node.input, node.lower, node.upper] }]
    const isIn = node.type === 'COMPARE_IN' || node.type === 'COMPARE_NOT_IN'
    return isIn ? [{ node, values: [...asSqlList(node.children)] }] : []
  })
}

async function mixedTypes(
  db: Evidence,
  values: readonly unknown[],
  types: readonly string[],
  operands: readonly ScopeColumn[],
): Promise<Omit<Failure, 'offset'> | null> {
  const isFixed = (index: number) => constantOf(values[index]) !== undefined
  const other = types.findIndex((type) => type !== 'VARCHAR' && type !== '"NULL"')
  if (other < 0) return null
  const text = types.findIndex((type, index) => type === 'VARCHAR' && !isFixed(index))
  if (text >= 0) {
    const named = textColumns(values[text] as SqlNode, operands)
    return textProblem(`text is compared with ${spoken(types[other] ?? '')}`, named, types[other] ?? '')
  }
  for (const [index, value] of values.entries()) {
    const fixed = constantOf(value)
    if (types[index] !== 'VARCHAR' || typeof fixed !== 'string') continue
    const [row] = await db.rows(`SELECT TRY_CAST(${literal(fixed)} AS ${types[other]}) IS NULL AS bad`)
    if (row?.bad === true) return { message: `'${fixed}' is no ${spoken(types[other] ?? '')}` }
  }
  return null
}

const textColumns = (root: SqlNode, operands: readonly ScopeColumn[]): ScopeColumn[] =>
  [...nodesOf(root)]
    .filter((node) => node.class === 'COLUMN_REF')
    .flatMap((node) => operands.filter(({ flat, type }) => flat === columnPath(node)[0] && type === 'VARCHAR'))

/** Text where a number or date is needed: the answer is to declare the type. */
function textProblem(what: string, columns: readonly ScopeColumn[], type: string): Omit<Failure, 'offset'> {
  if (columns.length === 0) return { message: what }
  const names = columns.map(({ path }) => written(path))
  const declared = [...new Set(columns.map(({ path }) => `${path.at(-1)}=${declarable(type)}`))].join(',')
  return {
    message: `${what}: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} text`,
    code: 'text-as-number',
    suggestions: [`Declare the type: --types ${declared}, or types: in the rule file or the feed's mapping`],
  }
}

const declarable = (type: string): string =>
  type.startsWith('DATE')
    ? 'date'
    : type.startsWith('TIMESTAMP')
      ? 'timestamp'
      : type === 'BOOLEAN'
        ? 'boolean'
        : type.endsWith('INT') || type === 'INTEGER'
          ? 'integer'
          : 'decimal'

/** A type in the words of the documents. */
export function spoken(type: string): string {
  if (type === 'VARCHAR') return 'text'
  if (/INT/.test(type) || type.startsWith('DECIMAL') || type === 'DOUBLE' || type === 'FLOAT') return 'a number'
  if (type === 'DATE') return 'a date'
  if (type.startsWith('TIMESTAMP')) return 'an instant'
  if (type === 'BOOLEAN') return 'true or false'
  if (type.endsWith('[]')) return 'a list'
  return type.toLowerCase()
}

const ARITHMETIC = new Set('+ - * / // % ^ abs round floor ceil ceiling trunc sign sqrt pow power'.split(' '))

/** Why the database refuses, with the column that should have had a type where that is the reason. */
function bindingProblem({ text, root, operands }: TypedPart, error: Error): Failure {
  for (const node of nodesOf(root)) {
    const isArithmetic = node.class === 'FUNCTION' && ARITHMETIC.has(String(node.function_name))
    const columns = isArithmetic
      ? asSqlList(node.children).flatMap((child) => textColumns({ class: 'X', child } as SqlNode, operands))
      : []
    if (columns.length > 0)
      return { ...textProblem('text cannot be reckoned with', columns, 'DECIMAL'), offset: offsetOf(text, node) }
  }
  const compared = comparedIn(root).find(
    ({ values }) => textColumns({ class: 'X', values } as SqlNode, operands).length > 0,
  )
  if (compared !== undefined && /Cannot (?:compare|mix|combine)|explicit cast/i.test(error.message)) {
    const columns = textColumns({ class: 'X', values: compared.values } as SqlNode, operands)
    const type = compared.values.map((value) => constantTypeOf(value)).find((one) => one !== null) ?? 'DECIMAL'
    return {
      ...textProblem('text is compared with another type', columns, type),
      offset: offsetOf(text, compared.node),
    }
  }
  const [line = ''] = error.message.split('\n')
  return { message: line.replace(/^[A-Z][\w ]+ Error: /, '').replace(/\s*You might need to add.*$/, ''), offset: 0 }
}

function constantTypeOf(value: unknown): string | null {
  const fixed = constantOf(value)
  return typeof fixed === 'boolean' ? 'BOOLEAN' : typeof fixed === 'number' ? 'DECIMAL' : null
}
