/** Why a change raised no alert: each rule to the first condition that does not hold, and how far it is from holding. */
import { NotFoundError, UsageError } from '../errors.js'
import { changeColumn } from '../model/change-set.js'
import { literal, quoted } from '../store/columns.js'
import { type CompiledRule, isCounted } from './compile/compile.js'
import type { ConditionTree, Leaf } from './compile/conditions.js'
import type { Evaluation } from './evaluate/evaluate.js'
import { emptyOperands, type Finding, findingsAt, type Values, verdictOf } from './evaluate/findings.js'
import { identitiesAs, subjectIdentity } from './evaluate/identity.js'
import { jsonValue } from './evaluate/values.js'

export interface RuleWalk {
  readonly compiled: CompiledRule
  /**
   * `raised`, `suppressed`, `shadowed`, `evaluate`: the rule matched. `other-operation`: it looks at other changes.
   * `below-base`: the group was too small. `not-met`: a condition does not hold. `cannot-evaluate`: a value is missing.
   */
  readonly outcome:
    | 'raised'
    | 'suppressed'
    | 'shadowed'
    | 'evaluate'
    | 'other-operation'
    | 'below-base'
    | 'not-met'
    | 'cannot-evaluate'
  /** The first condition that does not hold, with the values that it saw. */
  readonly condition: string | null
  readonly operands: Values
  /** Conditions before it that hold. */
  readonly held: readonly string[]
  /** How far the two sides of the comparison are apart; null where that has no meaning. */
  readonly distance: number | string | null
  readonly empty: readonly string[]
  readonly group: Values | null
}

export interface WhyNot {
  readonly key: Values
  readonly op: string
  readonly changed: readonly string[]
  readonly rules: readonly RuleWalk[]
}

/**
 * Walks every rule for one change. The key is the value of its column; where it has several, `column=value,column=value`.
 * Throws NotFoundError `not-changed`, UsageError `bad-key`.
 */
export async function whyNot(evaluations: readonly Evaluation[], key: string): Promise<WhyNot> {
  for (const evaluation of evaluations) {
    const { changes } = evaluation.source
    const values = keyValues(changes.key, key)
    const where = changes.key.map(
      (name, index) =>
        `${quoted(changeColumn('key', name))}::VARCHAR IS NOT DISTINCT FROM ${literal(values[index] ?? '')}`,
    )
    const named = changes.key.map((name, index) => `${quoted(changeColumn('key', name))} AS k${index}`)
    const [row] = await evaluation.db.rows(
      `SELECT position, op, changed, ${named.join(', ')} FROM ${changes.table} WHERE ${where.join(' AND ')} ORDER BY position LIMIT 1`,
    )
    if (row === undefined) continue
    const position = Number(row.position)
    const rules: RuleWalk[] = []
    for (const compiled of evaluation.counts.keys())
      rules.push(await walk(evaluation, compiled, position, String(row.op)))
    const typeOf = (name: string) => changes.columns.find((one) => one.name === name)?.type ?? 'VARCHAR'
    return {
      key: Object.fromEntries(
        changes.key.map((name, index) => [name, jsonValue(row[`k${index}`] ?? null, typeOf(name))]),
      ),
      op: String(row.op),
      changed: Array.isArray(row.changed) ? row.changed.map(String) : [],
      rules,
    }
  }
  throw new NotFoundError(`Nothing changed in the row ${key}, so no rule about changes looked at it.`, {
    code: 'not-changed',
    excerpt: key,
    suggestions: ['See what changed with `recital diff` or `recital feed changes`'],
  })
}

function keyValues(names: readonly string[], key: string): string[] {
  const parts = new Map(
    key.split(',').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  )
  if (names.every((name) => parts.has(name))) return names.map((name) => parts.get(name) ?? '')
  if (names.length === 1) return [key]
  throw new UsageError(`The key has ${names.length} columns: ${names.join(', ')}.`, {
    code: 'bad-key',
    excerpt: key,
    suggestions: [`Write it as ${names.map((name) => `${name}=…`).join(',')}`],
  })
}

async function walk(evaluation: Evaluation, compiled: CompiledRule, change: number, op: string): Promise<RuleWalk> {
  const { rule } = compiled
  const nothing = { compiled, condition: null, operands: {}, held: [], distance: null, empty: [], group: null }
  if (['create', 'update', 'delete'].includes(rule.on) && rule.on !== op)
    return { ...nothing, outcome: 'other-operation' }
  const position = isCounted(rule) ? await groupPosition(evaluation, compiled, change) : change
  const [finding] = await findingsAt(evaluation, compiled, [position])
  if (finding === undefined) return { ...nothing, outcome: 'other-operation' }
  const { group } = finding
  if (finding.verdict === true) return { ...nothing, group, outcome: await stateOf(evaluation, compiled, position) }
  if (rule.minBase !== null && finding.base !== null && finding.base < rule.minBase) {
    const operands = { old_rows: finding.base, min_base: rule.minBase }
    return { ...nothing, group, operands, outcome: 'below-base', distance: rule.minBase - finding.base }
  }
  if (finding.verdict === null) {
    return { ...nothing, group, ...firstOf(finding, null), outcome: 'cannot-evaluate', empty: emptyOperands(finding) }
  }
  const failing = firstOf(finding, false)
  const leaf = compiled.condition.leaves[failing.index]
  const distance = leaf === undefined ? null : await distanceOf(evaluation, compiled, leaf, position)
  return { ...nothing, group, ...failing, outcome: 'not-met', distance }
}

/** The group that a change belongs to, as its row is now; for a deleted row, as it was. */
async function groupPosition(
  { db, frames, source }: Evaluation,
  compiled: CompiledRule,
  change: number,
): Promise<number> {
  const frame = frames.get(compiled)?.from ?? ''
  if (compiled.rule.on === 'snapshot') return 1
  // What a change would be in the terms of a group rule.
  const single = { ...compiled, rule: { ...compiled.rule, on: 'any' as const } }
  const [row] = await db.rows(
    `SELECT f.position FROM ${frame} f WHERE ${subjectIdentity(compiled, source.changes)} =
       (SELECT list_extract(${identitiesAs(single, compiled, source.changes)}, -1) FROM ${source.changes.table} WHERE position = ${change})`,
  )
  return Number(row?.position ?? -1)
}

async function stateOf(
  { db, alerts }: Evaluation,
  { number }: CompiledRule,
  position: number,
): Promise<RuleWalk['outcome']> {
  const [row] = await db.rows(`SELECT state FROM ${alerts} WHERE rule_no = ${number} AND position = ${position}`)
  return String(row?.state ?? 'raised') as RuleWalk['outcome']
}

/** The first part with a verdict, and the parts before it that hold. */
function firstOf({ compiled, leaves, operands }: Finding, verdict: false | null) {
  const { condition } = compiled
  const held: string[] = []
  const search = (tree: ConditionTree): number | null => {
    if (tree.kind === 'leaf') {
      if (leaves[tree.leaf] === verdict) return tree.leaf
      if (leaves[tree.leaf] === true) held.push(condition.leaves[tree.leaf]?.text ?? '')
      return null
    }
    for (const part of tree.parts) {
      const found = verdictOf(part, leaves) === true && tree.kind === 'all' ? holds(part) : search(part)
      if (found !== null) return found
    }
    return null
  }
  const holds = (part: ConditionTree): null => {
    held.push(textOf(part, condition.leaves))
    return null
  }
  const index = search(condition.tree) ?? 0
  return { index, condition: condition.leaves[index]?.text ?? '', operands: operands[index] ?? {}, held }
}

const textOf = (tree: ConditionTree, leaves: readonly Leaf[]): string =>
  tree.kind === 'leaf'
    ? (leaves[tree.leaf]?.text ?? '')
    : tree.parts.map((part) => textOf(part, leaves)).join(tree.kind === 'all' ? ' and ' : ' or ')

/** Between numbers their difference, between dates the days. */
async function distanceOf(
  { db, frames }: Evaluation,
  compiled: CompiledRule,
  { comparison }: Leaf,
  position: number,
): Promise<number | string | null> {
  if (comparison === null) return null
  const { left, right } = comparison
  const from = `(SELECT TRY(${left}) AS l, TRY(${right}) AS r FROM ${frames.get(compiled)?.from} WHERE position = ${position})`
  const described = await db.rows(`DESCRIBE SELECT l, r FROM ${from}`)
  const types = described.map(({ column_type }) => String(column_type))
  const isNumber = types.every((type) => /INT|DECIMAL|DOUBLE|FLOAT/.test(type))
  const isDate = types.every((type) => /^(?:DATE|TIMESTAMP)/.test(type))
  if (!isNumber && !isDate) return null
  const sql = isNumber ? 'abs(l - r)' : "abs(date_diff('day', r::TIMESTAMP, l::TIMESTAMP))"
  const [row] = await db.rows(`SELECT TRY(${sql}) AS distance FROM ${from}`)
  const value = jsonValue(row?.distance ?? null, 'DECIMAL')
  return typeof value === 'number' || typeof value === 'string' ? value : null
}
