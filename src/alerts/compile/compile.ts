/** Rules made ready to be evaluated: names resolved against the columns of a change set, conditions turned into SQL. */
import type { InputError } from '../../errors.js'
import type { Evidence } from '../../store/duckdb.js'
import type { Rule, RuleSet } from '../rules/model.js'
import { type Condition, compileCondition } from './conditions.js'
import {
  aggregateScope,
  changeScope,
  countScope,
  type DataShape,
  resolve,
  type Scope,
  type ScopeColumn,
  written,
} from './scope.js'
import type { Failure } from './scopes.js'

/** A piece of a message: text, or a column of the frame. */
export type MessagePiece = { readonly text: string } | { readonly column: ScopeColumn }

export interface CompiledRule {
  /** Place in the order of the rules, from 0. */
  readonly number: number
  readonly rule: Rule
  readonly condition: Condition
  readonly message: readonly MessagePiece[]
  /** Flat columns whose values make two alerts of the rule the same; null: the key or the group. */
  readonly dedupeBy: readonly ScopeColumn[] | null
}

export interface CompiledRuleSet {
  readonly set: RuleSet
  readonly shape: DataShape
  readonly rules: readonly CompiledRule[]
  /** Of the file and of the conditions, in the order of the file. */
  readonly problems: readonly InputError[]
}

export type { DataShape }

export const isCounted = (rule: Rule): boolean => rule.on === 'group' || rule.on === 'snapshot'

/**
 * Compiles the rules of a set against the columns of a change set. Never throws for a rule: whatever is wrong with one
 * stands in `problems`, and the others are there.
 */
export async function compileRules(
  db: Evidence,
  set: RuleSet,
  shape: DataShape,
  rules: readonly Rule[] = set.rules,
): Promise<CompiledRuleSet> {
  const problems: InputError[] = [...set.problems]
  const compiled: CompiledRule[] = []
  for (const rule of rules) {
    const made = await compileRule(db, rule, set, shape)
    if ('problems' in made) problems.push(...made.problems)
    else compiled.push(made)
  }
  return { set, shape, rules: compiled, problems: problems.sort(byPlace) }
}

const byPlace = (a: InputError, b: InputError): number =>
  (a.details.line ?? 0) - (b.details.line ?? 0) || (a.details.column ?? 0) - (b.details.column ?? 0)

async function compileRule(
  db: Evidence,
  rule: Rule,
  set: RuleSet,
  shape: DataShape,
): Promise<CompiledRule | { problems: InputError[] }> {
  const plain = isCounted(rule) ? countScope(shape, rule.groupBy) : changeScope(shape)
  const aggregate = isCounted(rule) ? aggregateScope(shape) : null
  const problems = unknownGroupColumns(rule, shape)
  const condition = await compileCondition(db, rule, { plain, aggregate })
  if ('failures' in condition) problems.push(...condition.failures.map((one) => failureOf(rule, one)))
  const message = rule.message.map((part): MessagePiece | null => {
    if ('text' in part) return part
    const found = resolve(plain, part.path)
    if ('column' in found) return { column: found.column }
    const { message: text, suggestions } = found
    problems.push(rule.failure(['message'], `${text}.`, { suggestions, offset: part.offset, code: 'unknown-column' }))
    return null
  })
  const dedupeBy = dedupeColumns(rule, plain, problems)
  const by = new Map(set.rules.map((one) => [one.id, one]))
  for (const { by: id } of rule.suppress) {
    const other = by.get(id)
    if (other !== undefined && !canSuppress(other, rule)) {
      problems.push(rule.failure(['suppress'], `an alert of ${id} cannot be matched with one of this rule.`))
    }
  }
  if (problems.length > 0 || 'failures' in condition) return { problems }
  return {
    number: set.rules.indexOf(rule),
    ...{ rule, condition, dedupeBy },
    message: message.filter((piece) => piece !== null),
  }
}

const failureOf = (rule: Rule, { message, offset, suggestions = [], code = 'bad-condition' }: Failure): InputError =>
  rule.failure(['when'], `${message}.`, { code, suggestions, offset })

function unknownGroupColumns(rule: Rule, { columns, isOpen }: DataShape): InputError[] {
  if (isOpen === true) return []
  const names = columns.map(({ name }) => name)
  return rule.groupBy.flatMap((name) =>
    names.includes(name)
      ? []
      : [
          rule.failure(['group_by'], `there is no column ${name}.`, {
            code: 'unknown-column',
            suggestions: [`Columns: ${names.join(', ')}`.slice(0, 600)],
          }),
        ],
  )
}

function dedupeColumns(rule: Rule, scope: Scope, problems: InputError[]): ScopeColumn[] | null {
  if (rule.dedupe === null || rule.dedupe.by === null) return null
  return rule.dedupe.by.flatMap((name) => {
    const found = resolve(scope, name.split('.'))
    if ('column' in found) return [found.column]
    problems.push(
      rule.failure(['dedupe'], `there is no column ${written(name.split('.'))}.`, {
        code: 'unknown-column',
        suggestions: found.suggestions,
      }),
    )
    return []
  })
}

/** Whether it can be told that an alert of one rule is about the same thing as an alert of another. */
function canSuppress(other: Rule, rule: Rule): boolean {
  if (other.on === 'snapshot') return true
  if (other.on === 'group')
    return rule.on !== 'group' ? rule.on !== 'snapshot' : other.groupBy.join() === rule.groupBy.join()
  return !isCounted(rule)
}
