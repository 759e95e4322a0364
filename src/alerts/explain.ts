/** A rule in plain words, made from what the parser understood, not from the text. */
import type { Evidence } from '../store/duckdb.js'
import { constantOf } from '../store/expressions/confine.js'
import { asSqlList, asSqlNode, columnPath, type SqlNode, writeExpressions } from '../store/expressions/parse.js'
import { type CompiledRule, isCounted } from './compile/compile.js'
import type { ConditionTree } from './compile/conditions.js'
import { COUNTS } from './compile/scope.js'
import type { Rule } from './rules/model.js'

export interface Explanation {
  readonly rule: Rule
  /** One sentence each, in the order in which people ask. */
  readonly sentences: readonly string[]
  /** The parts of the condition in words, with how deep they are nested. */
  readonly conditions: readonly { readonly depth: number; readonly text: string; readonly written: string | null }[]
}

const LOOKS: Readonly<Record<Rule['on'], string>> = {
  create: 'every row that is new',
  update: 'every row that changed',
  delete: 'every row that is gone',
  any: 'every row that is new, changed or gone',
  group: 'every group of rows in which something changed',
  snapshot: 'each snapshot as a whole',
}

export async function explainRule(db: Evidence, compiled: CompiledRule, match: 'all' | 'first'): Promise<Explanation> {
  const { rule, condition } = compiled
  const texts: string[] = []
  for (const leaf of condition.leaves) texts.push(await words(db, leaf.root, condition.aggregates))
  const conditions: { depth: number; text: string; written: string | null }[] = []
  const visit = (tree: ConditionTree, depth: number): void => {
    if (tree.kind === 'leaf') {
      const written = condition.leaves[tree.leaf]?.text ?? null
      conditions.push({ depth, text: texts[tree.leaf] ?? '', written })
      return
    }
    conditions.push({ depth, text: tree.kind === 'all' ? 'all of these:' : 'at least one of these:', written: null })
    for (const part of tree.parts) visit(part, depth + 1)
  }
  visit(condition.tree, 0)
  return { rule, sentences: sentencesOf(rule, match), conditions }
}

function sentencesOf(rule: Rule, match: 'all' | 'first'): string[] {
  const { on, groupBy, minBase, severity, owner, mode, dedupe, suppress, route, runbook, relation } = rule
  const group = groupBy.length === 0 ? '' : ` (rows with the same ${groupBy.join(' and ')})`
  const where = relation === null ? '' : ` of ${relation}`
  const raises =
    mode === 'active'
      ? `raises an alert of severity ${severity}`
      : mode === 'evaluate'
        ? 'only tells what it would raise'
        : 'is switched off'
  return [
    `Looks at ${LOOKS[on]}${where}${group}, and ${raises} where the condition holds.`,
    ...(minBase === null ? [] : [`Does not look at anything that had fewer than ${minBase} rows before.`]),
    owner === null
      ? 'Nobody owns it.'
      : `${owner} acts on its alerts${route.length === 0 ? '' : `, which go to ${route.join(', ')}`}.`,
    ...(match === 'first' && !isCounted(rule) ? ['Only if no earlier rule in the file matches the same change.'] : []),
    ...(dedupe === null
      ? []
      : [
          `After an alert it stays quiet about the same ${dedupe.by?.join(' and ') ?? (on === 'group' ? 'group' : on === 'snapshot' ? 'feed' : 'row')} for ${dedupe.within.text}.`,
        ]),
    ...suppress.map(
      ({ by, within }) =>
        `Kept back where ${by} raises an alert about the same${within === null ? '' : `, or did within ${within.text}`}.`,
    ),
    'Where a value is empty it cannot be evaluated, and that is told.',
    ...(runbook === null ? [] : [`What to do: ${runbook}`]),
  ]
}

const COMPARES: Readonly<Record<string, string>> = {
  COMPARE_EQUAL: 'is',
  COMPARE_NOTEQUAL: 'is not',
  COMPARE_LESSTHAN: 'is less than',
  COMPARE_GREATERTHAN: 'is more than',
  COMPARE_LESSTHANOREQUALTO: 'is at most',
  COMPARE_GREATERTHANOREQUALTO: 'is at least',
  COMPARE_DISTINCT_FROM: 'differs from',
  COMPARE_NOT_DISTINCT_FROM: 'is the same as',
}
const ARITHMETIC: Readonly<Record<string, string>> = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divided by' }

type Aggregates = CompiledRule['condition']['aggregates']

async function words(db: Evidence, value: unknown, aggregates: Aggregates): Promise<string> {
  const node = asSqlNode(value)
  const fixed = constantOf(value)
  const say = (part: unknown) => words(db, part, aggregates)
  if (fixed !== undefined && typeof fixed !== 'number') return typeof fixed === 'string' ? `"${fixed}"` : String(fixed)
  if (node.class === 'COLUMN_REF') return columnWords(columnPath(node)[0] ?? '', aggregates)
  const children = asSqlList(node.children)
  const compares = COMPARES[String(node.type)]
  if (node.class === 'COMPARISON' && compares !== undefined)
    return `${await say(node.left)} ${compares} ${await say(node.right)}`
  if (node.type === 'COMPARE_BETWEEN')
    return `${await say(node.input)} is from ${await say(node.lower)} to ${await say(node.upper)}`
  if (node.type === 'OPERATOR_IS_NULL') return `${await say(children[0])} is empty`
  if (node.type === 'OPERATOR_IS_NOT_NULL') return `${await say(children[0])} is not empty`
  if (node.type === 'OPERATOR_NOT') return `it is not so that ${await say(children[0])}`
  if (node.type === 'COMPARE_IN') {
    const [subject, ...list] = await Promise.all(children.map(say))
    return `${subject} is one of ${list.join(', ')}`
  }
  if (node.class === 'CONJUNCTION') {
    const parts = await Promise.all(children.map(say))
    return `(${parts.join(node.type === 'CONJUNCTION_AND' ? ' and ' : ' or ')})`
  }
  const operator = node.class === 'FUNCTION' ? ARITHMETIC[String(node.function_name)] : undefined
  // The compiler guards every divisor.
  if (node.function_name === 'nullif') return say(children[0])
  if (operator !== undefined && children.length === 2)
    return `${await say(children[0])} ${operator} ${await say(children[1])}`
  if (node.function_name === 'list_contains' && columnPath(asSqlNode(children[0]))[0] === 'changed')
    return `${await say(children[1])} is among the columns that changed`
  return sqlWords(db, node)
}

function columnWords(flat: string, aggregates: Aggregates): string {
  const aggregate = aggregates.find(({ column }) => column === flat)
  if (aggregate !== undefined) return aggregate.text
  const at = flat.indexOf('.')
  const [side, name] = at < 0 ? ['', flat] : [flat.slice(0, at), flat.slice(at + 1)]
  if (side === 'before') return `${name} before`
  if (side === 'after') return `${name} now`
  if (flat === 'history.returned') return 'the row is as it had been once before'
  if (side === 'snapshot') return name === 'feed' ? 'the feed' : `the day on which the snapshot was ${name}`
  if (side === 'key' || side === 'group') return name
  if (flat === 'op') return 'what happened to the row'
  return Object.hasOwn(COUNTS, flat)
    ? `the number of ${COUNTS[flat]}`.replace(/^the number of (.*as a part.*)$/, 'the share of $1')
    : flat
}

/** Whatever has no words of its own, as the database writes it. */
async function sqlWords(db: Evidence, node: SqlNode): Promise<string> {
  const [sql = ''] = await writeExpressions(db, [node])
  return sql.replaceAll(/"(before|after|key)\.([^"]+)"/g, (_, side: string, name: string) =>
    side === 'key' ? name : `${name} ${side === 'before' ? 'before' : 'now'}`,
  )
}
