/**
 * Aggregates in the conditions of group and snapshot rules: sums and the like over the changed rows (`before`, `after`) or
 * over all rows of the snapshot before and now (`old`, `new`). Each becomes a column of the group's frame.
 */
import { ALLOWED, objections } from '../../store/expressions/confine.js'
import {
  asSqlList,
  asSqlNode,
  columnNode,
  columnPath,
  offsetOf,
  rewritten,
  type SqlNode,
} from '../../store/expressions/parse.js'
import { resolve } from './scope.js'
import type { ConditionScopes, Failure } from './scopes.js'

export interface Aggregate {
  /** Column of the frame. */
  readonly column: string
  /** As written, for explanations. */
  readonly text: string
  readonly name: string
  readonly isDistinct: boolean
  /** Arguments, with the flat columns of their scope. */
  readonly argument: SqlNode
  /** Whose rows it is about; `both`: changed rows that were there before and after. */
  readonly side: 'before' | 'after' | 'both' | 'old' | 'new'
  /** Flat columns that it reads. */
  readonly reads: readonly string[]
  /** DuckDB's name of its type, as far as it does not follow from the argument. */
  readonly type: string
}

const AGGREGATES: Readonly<Record<string, string>> = {
  count: 'BIGINT',
  count_if: 'BIGINT',
  countif: 'BIGINT',
  sum: 'DECIMAL(38,10)',
  avg: 'DOUBLE',
  min: '',
  max: '',
}

/**
 * The expression with a column in place of every aggregate; those are added to `found`, or recognised where they are
 * there already. Where aggregates may not be used they are left for the confinement to refuse.
 */
export function takeAggregates(
  text: string,
  root: SqlNode,
  scopes: ConditionScopes,
  found: Aggregate[],
): { root: SqlNode; failures: Failure[] } {
  const failures: Failure[] = []
  if (scopes.aggregate === null) return { root, failures }
  const changed = rewritten(root, (node) => {
    const name = node.class === 'FUNCTION' ? String(node.function_name).toLowerCase() : ''
    if (!Object.hasOwn(AGGREGATES, name)) return undefined
    const made = aggregateOf(text, node, name, scopes, found.length)
    if ('failures' in made) {
      failures.push(...made.failures)
      return columnNode('aggregate refused')
    }
    const known = found.find((one) => one.text === made.text)
    if (known === undefined) found.push(made)
    return { ...columnNode((known ?? made).column), query_location: node.query_location }
  })
  return { root: changed as SqlNode, failures }
}

function aggregateOf(
  text: string,
  node: SqlNode,
  name: string,
  scopes: ConditionScopes,
  index: number,
): Aggregate | { failures: Failure[] } {
  const offset = offsetOf(text, node)
  const [argument, ...more] = asSqlList(node.children)
  const isPlain =
    (node.filter === undefined || node.filter === null) && asSqlList(asSqlNode(node.order_bys).orders).length === 0
  if (argument === undefined || more.length > 0 || !isPlain || String(node.schema ?? '') !== '')
    return { failures: [{ message: `${name} takes one value`, offset }] }
  const inner = asSqlNode(argument)
  const refused: Failure[] = objections(text, inner, { functions: ALLOWED.condition, strict: true })
  const sides = new Set<string>()
  const reads: string[] = []
  let type = AGGREGATES[name] ?? ''
  const replaced = rewritten(inner, (part) => {
    if (part.class !== 'COLUMN_REF' || scopes.aggregate === null) return undefined
    const resolution = resolve(scopes.aggregate, columnPath(part))
    if (!('column' in resolution)) {
      const { message, suggestions } = resolution
      refused.push({ message, suggestions, offset: offsetOf(text, part), code: 'unknown-column' })
      return undefined
    }
    const { column } = resolution
    if (column.path[0] !== 'snapshot') sides.add(column.path[0] ?? '')
    reads.push(column.flat)
    if (type === '') type = column.type
    return columnNode(column.flat)
  }) as SqlNode
  if (refused.length > 0) return { failures: refused }
  const side = sideOf(sides)
  if (side === null)
    return { failures: [{ message: `${name} needs columns of one kind: before and after, or old, or new`, offset }] }
  return {
    column: `aggregate ${index}`,
    text: spelt(text, node),
    ...{ name, isDistinct: node.distinct === true, argument: replaced, side, reads, type },
  }
}

function sideOf(sides: ReadonlySet<string>): Aggregate['side'] | null {
  const list = [...sides].sort()
  if (list.length === 1) return list[0] as Aggregate['side']
  return list.join() === 'after,before' ? 'both' : null
}

/** An aggregate as it is written: from its name to its closing bracket. */
function spelt(text: string, node: SqlNode): string {
  const start = offsetOf(text, node) ?? 0
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') {
      depth -= 1
      if (depth === 0) return text.slice(start, at + 1)
    }
  }
  return text.slice(start)
}
