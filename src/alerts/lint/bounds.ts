/**
 * What can be proved of a condition without any data: that it can never hold, or always does. Only comparisons of one
 * expression with constants are understood; everything else may be true or false, so that nothing is claimed that is not
 * certain.
 */
import { constantOf } from '../../store/expressions/confine.js'
import { asSqlList, type SqlNode } from '../../store/expressions/parse.js'

/** What one comparison says about an expression: `subject` is its text without places. */
interface Bound {
  readonly subject: string
  readonly operator: '=' | '<>' | '<' | '>' | '<=' | '>='
  readonly value: number | string | boolean
  readonly text: string
}

/** A way in which a condition may hold: all of its bounds at once. `opaque` parts say nothing here. */
type Branch = readonly Bound[]

/** More ways than this are not followed. */
const MOST_BRANCHES = 200

const OPERATORS: Readonly<Record<string, Bound['operator']>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_GREATERTHAN: '>',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHANOREQUALTO: '>=',
}
const NEGATED: Readonly<Record<Bound['operator'], Bound['operator']>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
}
const FLIPPED: Readonly<Record<Bound['operator'], Bound['operator']>> = {
  ...{ '=': '=', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' },
}

/** A text for an expression by which equal ones are known. */
const subjectOf = (value: unknown): string =>
  JSON.stringify(value, (name, part: unknown) => (name === 'query_location' || name === 'alias' ? undefined : part))

function constant(value: unknown): Bound['value'] | undefined {
  const node = value as SqlNode
  const fixed = constantOf(value)
  const info = (node.value as SqlNode | undefined)?.type as SqlNode | undefined
  const scale = ((info?.type_info ?? {}) as SqlNode).scale
  return typeof fixed === 'number' && typeof scale === 'number' ? fixed / 10 ** scale : fixed
}

/** The ways in which a condition (or its opposite) may hold; null where they are too many. */
function branches(node: SqlNode, isNegated: boolean): Branch[] | null {
  const isAnd = node.type === 'CONJUNCTION_AND'
  if (isAnd || node.type === 'CONJUNCTION_OR') {
    const parts = asSqlList(node.children).map((part) => branches(part as SqlNode, isNegated))
    if (parts.includes(null)) return null
    const lists = parts as Branch[][]
    const all =
      isAnd === isNegated
        ? lists.flat()
        : lists.reduce<Branch[]>((ways, list) => ways.flatMap((way) => list.map((one) => [...way, ...one])), [[]])
    return all.length > MOST_BRANCHES ? null : all
  }
  if (node.type === 'OPERATOR_NOT') return branches(asSqlList(node.children)[0] as SqlNode, !isNegated)
  if (node.type === 'COMPARE_BETWEEN') {
    const [low, high] = [boundOf('>=', node.input, node.lower), boundOf('<=', node.input, node.upper)]
    if (low === null || high === null) return [[]]
    return isNegated ? [[negated(low)], [negated(high)]] : [[low, high]]
  }
  if (node.type === 'COMPARE_IN') {
    const [subject, ...values] = asSqlList(node.children)
    const bounds = values.map((value) => boundOf('=', subject, value))
    if (bounds.includes(null)) return [[]]
    const known = bounds as Bound[]
    return isNegated ? [known.map(negated)] : known.map((bound) => [bound])
  }
  const operator = OPERATORS[String(node.type)]
  const bound =
    operator === undefined
      ? null
      : (boundOf(operator, node.left, node.right) ?? boundOf(FLIPPED[operator], node.right, node.left))
  if (bound === null) return [[]]
  return [[isNegated ? negated(bound) : bound]]
}

const negated = (bound: Bound): Bound => ({ ...bound, operator: NEGATED[bound.operator] })

function boundOf(operator: Bound['operator'], subject: unknown, value: unknown): Bound | null {
  const fixed = constant(value)
  if (fixed === undefined || constant(subject) !== undefined) return null
  const name = String(asSqlList((subject as SqlNode).column_names).at(-1) ?? 'a value')
  return { subject: subjectOf(subject), operator, value: fixed, text: `${name} ${operator} ${fixed}` }
}

/** Two bounds of a way that cannot both hold. */
function contradictionIn(way: Branch): readonly [Bound, Bound] | null {
  for (const [index, a] of way.entries()) {
    for (const b of way.slice(index + 1)) {
      if (a.subject === b.subject && typeof a.value === typeof b.value && !canBothHold(a, b)) return [a, b]
    }
  }
  return null
}

function canBothHold(a: Bound, b: Bound): boolean {
  if (a.operator === '=') return satisfies(a.value, b)
  if (b.operator === '=') return satisfies(b.value, a)
  if (a.operator === '<>' || b.operator === '<>') return true
  const [low, high] = a.operator.startsWith('>') ? [a, b] : [b, a]
  if (!low.operator.startsWith('>') || !high.operator.startsWith('<')) return true
  if (low.value === high.value) return low.operator === '>=' && high.operator === '<='
  return low.value < high.value
}

function satisfies(value: Bound['value'], { operator, value: limit }: Bound): boolean {
  switch (operator) {
    case '=':
      return value === limit
    case '<>':
      return value !== limit
    case '<':
      return value < limit
    case '>':
      return value > limit
    case '<=':
      return value <= limit
    case '>=':
      return value >= limit
  }
}

/** Why a condition can never hold, in words; null where that is not certain. */
export function neverTrue(root: SqlNode): string | null {
  const ways = branches(root, false)
  const found = ways?.map(contradictionIn)
  const [first] = found ?? []
  if (found === undefined || found.includes(null) || first === undefined || first === null) return null
  return `${first[0].text} and ${first[1].text} contradict each other`
}

/** Whether a condition holds for every row whose values are there. */
export function alwaysTrue(root: SqlNode): boolean {
  const ways = branches(root, true)
  return ways !== null && ways.length > 0 && ways.every((way) => contradictionIn(way) !== null)
}

/** Whether everything that satisfies one condition certainly satisfies another. */
export function implies(narrow: SqlNode, wide: SqlNode): boolean {
  if (subjectOf(narrow) === subjectOf(wide)) return true
  const parts = (node: SqlNode): SqlNode[] =>
    node.type === 'CONJUNCTION_AND' ? asSqlList(node.children).map((part) => part as SqlNode) : [node]
  const given = parts(narrow)
  return parts(wide).every(
    (part) => given.some((one) => subjectOf(one) === subjectOf(part)) || followsFrom(given, part),
  )
}

/** A bound follows where its opposite contradicts what is given. */
function followsFrom(given: readonly SqlNode[], part: SqlNode): boolean {
  const opposite = branches(part, true)
  const known = given.map((one) => branches(one, false))
  if (opposite === null || opposite.some((way) => way.length === 0) || known.includes(null)) return false
  const facts = (known as Branch[][]).filter((ways) => ways.length === 1).flatMap(([way]) => way ?? [])
  return opposite.every((way) => contradictionIn([...facts, ...way]) !== null)
}
