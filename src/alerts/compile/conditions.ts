/** From the text of a rule's condition to checked SQL, part by part. */
import type { Evidence } from '../../store/duckdb.js'
import { ALLOWED, objections } from '../../store/expressions/confine.js'
import {
  asSqlList,
  columnNode,
  columnPath,
  nodesOf,
  offsetOf,
  parseExpression,
  rewritten,
  type SqlNode,
  writeExpressions,
} from '../../store/expressions/parse.js'
import type { Rule } from '../rules/model.js'
import { type Aggregate, takeAggregates } from './aggregates.js'
import { resolve, type Scope, type ScopeColumn } from './scope.js'
import type { ConditionScopes, Failure } from './scopes.js'
import { joined, leavesOf, type SplitText, splitCondition } from './split.js'
import { typeProblems } from './types.js'

/** One part of a condition, which is explained by itself. */
export interface Leaf {
  /** As written. */
  readonly text: string
  /** Place in the condition, in UTF-16 units. */
  readonly start: number
  /** SQL over the frame that gives true, false or NULL; NULL also where it fails on a row. */
  readonly sql: string
  /** The same, but failing where it fails. */
  readonly untried: string
  /** The columns that it reads, in the order of the text, each once. */
  readonly operands: readonly ScopeColumn[]
  readonly root: SqlNode
  /** The two sides of a plain comparison, as SQL, for how far it is from being true. */
  readonly comparison: { readonly operator: string; readonly left: string; readonly right: string } | null
}

export type ConditionTree =
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly ConditionTree[] }

export interface Condition {
  readonly leaves: readonly Leaf[]
  readonly tree: ConditionTree
  /** SQL of the whole: true, false, or NULL where it cannot be evaluated. */
  readonly verdict: string
  /** The same without trying each part: it fails on a row where a part fails, and costs less. */
  readonly untried: string
  readonly aggregates: readonly Aggregate[]
  /** The expression with its columns resolved. */
  readonly root: SqlNode
}

/** Longer conditions are no rules that anyone can read, and work for the parser. */
const LONGEST = 4000
/** Nodes of one expression: what the database works through for each change. */
const MOST_NODES = 500

/** Checks a condition and makes SQL of it, or tells everything that is wrong with it. */
export async function compileCondition(
  db: Evidence,
  rule: Rule,
  scopes: ConditionScopes,
): Promise<Condition | { readonly failures: readonly Failure[] }> {
  const text = rule.when
  const one = (message: string, offset: number | null = null) => ({ failures: [{ message, offset }] })
  if (text.length > LONGEST) return one(`the condition is longer than ${LONGEST} characters`)
  if (text.includes('\0')) return one('the condition holds a NUL character')
  const parsed = await parseExpression(db, text)
  if (parsed.kind === 'failure') return one(parsed.message, parsed.offset)
  const aggregates: Aggregate[] = []
  const whole = takeAggregates(text, parsed.root, scopes, aggregates)
  const failures = [...whole.failures, ...confined(text, whole.root), ...unresolved(text, whole.root, scopes.plain)]
  if (failures.length > 0) return { failures }
  const pieces = await verifiedSplit(db, text, parsed.root)
  const leaves: Leaf[] = []
  for (const piece of leavesOf(pieces)) {
    const made = await leafOf(db, piece, scopes, aggregates)
    if ('failures' in made) failures.push(...made.failures)
    else leaves.push(made)
  }
  if (failures.length > 0) return { failures }
  const tree = numbered(pieces, { next: 0 })
  return {
    leaves,
    tree,
    verdict: verdictOf(tree, leaves, 'sql'),
    untried: verdictOf(tree, leaves, 'untried'),
    aggregates,
    root: resolved(whole.root, scopes.plain),
  }
}

function confined(text: string, root: SqlNode): Failure[] {
  const count = [...nodesOf(root)].length
  if (count > MOST_NODES) return [{ message: `the condition has more than ${MOST_NODES} parts`, offset: null }]
  return objections(text, root, { functions: ALLOWED.condition, strict: true })
}

function unresolved(text: string, root: SqlNode, scope: Scope): Failure[] {
  return [...nodesOf(root)].flatMap((node) => {
    if (node.class !== 'COLUMN_REF' || isAggregateColumn(node)) return []
    const found = resolve(scope, columnPath(node))
    return 'column' in found
      ? []
      : [
          {
            message: found.message,
            offset: offsetOf(text, node),
            suggestions: found.suggestions,
            code: 'unknown-column',
          },
        ]
  })
}

const isAggregateColumn = (node: SqlNode): boolean => columnPath(node)[0]?.startsWith('aggregate ') === true

/**
 * The expression with the frame's columns in place of the names of the rule, and with no value where it divides by
 * nothing: the database would call that infinite, which is more than any limit.
 */
const resolved = (root: SqlNode, scope: Scope): SqlNode =>
  rewritten(root, (node) => {
    if (node.class === 'FUNCTION' && node.function_name === '/') {
      const [dividend, divisor, ...more] = asSqlList(node.children).map((one) => resolved(one as SqlNode, scope))
      return { ...node, children: [dividend, orNothing(divisor), ...more] }
    }
    if (node.class !== 'COLUMN_REF' || isAggregateColumn(node)) return undefined
    const found = resolve(scope, columnPath(node))
    return 'column' in found ? { ...columnNode(found.column.flat), query_location: node.query_location } : undefined
  }) as SqlNode

const ZERO = {
  ...{ class: 'CONSTANT', type: 'VALUE_CONSTANT', alias: '' },
  value: { type: { id: 'INTEGER', type_info: null }, is_null: false, value: 0 },
}

/** `nullif(value, 0)`. */
const orNothing = (value: unknown): SqlNode => ({
  ...{ class: 'FUNCTION', type: 'FUNCTION', alias: '', function_name: 'nullif', schema: '', catalog: '' },
  children: [value, ZERO],
  filter: null,
  order_bys: { type: 'ORDER_MODIFIER', orders: [] },
  ...{ distinct: false, is_operator: false, export_state: false },
})

/** The cut of the text, if the parser agrees that it means the whole; else the whole as one. */
async function verifiedSplit(db: Evidence, text: string, root: SqlNode): Promise<SplitText> {
  const split = splitCondition({ text, start: 0 })
  const whole: SplitText = { kind: 'leaf', text: text.trim(), start: text.length - text.trimStart().length }
  if (split.kind === 'leaf') return split.text === '' ? whole : split
  const again = await parseExpression(db, joined(split))
  if (again.kind === 'failure') return whole
  const [a, b] = await writeExpressions(db, [root, again.root])
  return a === b ? split : whole
}

async function leafOf(
  db: Evidence,
  { text, start }: { text: string; start: number },
  scopes: ConditionScopes,
  aggregates: readonly Aggregate[],
): Promise<Leaf | { failures: Failure[] }> {
  const parsed = await parseExpression(db, text)
  if (parsed.kind === 'failure') return { failures: [{ message: parsed.message, offset: start }] }
  const taken = takeAggregates(text, parsed.root, scopes, [...aggregates])
  const operands = operandsOf(taken.root, scopes.plain, aggregates)
  const root = resolved(taken.root, scopes.plain)
  const sides = comparisonOf(root)
  const [sql = '', left = '', right = ''] = await writeExpressions(db, sides === null ? [root] : [root, ...sides.nodes])
  const problems = await typeProblems(db, { text, root, sql, operands })
  if (problems.length > 0) {
    return {
      failures: problems.map((one) => ({ ...one, offset: start + (one.offset ?? 0), code: one.code ?? 'wrong-type' })),
    }
  }
  const comparison = sides === null ? null : { operator: sides.operator, left, right }
  return { text, start, sql: `TRY(${sql})`, untried: sql, operands, root, comparison }
}

function operandsOf(root: SqlNode, scope: Scope, aggregates: readonly Aggregate[]): ScopeColumn[] {
  const found = new Map<string, ScopeColumn>()
  for (const node of nodesOf(root)) {
    if (node.class !== 'COLUMN_REF') continue
    const path = columnPath(node)
    const aggregate = aggregates.find(({ column }) => column === path[0])
    const resolution = aggregate === undefined ? resolve(scope, path) : null
    const column: ScopeColumn | undefined =
      aggregate !== undefined
        ? { path: [aggregate.text], flat: aggregate.column, type: aggregate.type, filledFor: null }
        : resolution !== null && 'column' in resolution
          ? resolution.column
          : undefined
    if (column !== undefined && !found.has(column.flat)) found.set(column.flat, column)
  }
  return [...found.values()]
}

const OPERATORS: Readonly<Record<string, string>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_GREATERTHAN: '>',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHANOREQUALTO: '>=',
}

function comparisonOf(root: SqlNode): { operator: string; nodes: [unknown, unknown] } | null {
  const operator = root.class === 'COMPARISON' ? OPERATORS[String(root.type)] : undefined
  return operator === undefined ? null : { operator, nodes: [root.left, root.right] }
}

function numbered(split: SplitText, count: { next: number }): ConditionTree {
  if (split.kind === 'leaf') {
    const leaf = count.next
    count.next += 1
    return { kind: 'leaf', leaf }
  }
  return { kind: split.kind, parts: split.parts.map((part) => numbered(part, count)) }
}

/** Each part is tried by itself: a part that fails on a row is unknown there, and the others decide if they can. */
function verdictOf(tree: ConditionTree, leaves: readonly Leaf[], form: 'sql' | 'untried'): string {
  if (tree.kind === 'leaf') return leaves[tree.leaf]?.[form] ?? 'NULL'
  return tree.parts.map((part) => `(${verdictOf(part, leaves, form)})`).join(tree.kind === 'all' ? ' AND ' : ' OR ')
}
