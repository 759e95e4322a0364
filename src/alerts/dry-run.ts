/** Dry run: the engine over one snapshot's changes, told in full. It has nothing to write with. */
import { InputError, UsageError } from '../errors.js'
import type { Evidence } from '../store/duckdb.js'
import { type CompiledRule, compileRules } from './compile/compile.js'
import { type Alert, listAlerts, listUnknown, type Unknown } from './evaluate/alerts.js'
import { type AlertState, type Evaluation, evaluate, type RuleCounts } from './evaluate/evaluate.js'
import type { ChangeSource } from './evaluate/source.js'
import type { Rule, RuleSet } from './rules/model.js'
import { type WhyNot, whyNot } from './why-not.js'

/** The changes of one relation; `relation` null where nothing says what the rows are. */
export interface RelationSource {
  readonly relation: string | null
  readonly source: ChangeSource
}

export interface DryRunOptions {
  /** Most alerts to list of each kind; all are counted. */
  readonly limit: number
  /** Rules that cannot be compiled are left out and told of, instead of refusing the whole. */
  readonly keepGoing?: boolean
  /** Key of a change to explain rule by rule: values in the order of the key's columns. */
  readonly whyNot?: string | undefined
}

export interface DryRun {
  readonly set: RuleSet
  readonly changes: number
  /** Changes that no rule about single changes matched. */
  readonly unmatched: number
  readonly alerts: readonly Alert[]
  readonly suppressed: readonly Alert[]
  readonly shadowed: readonly Alert[]
  readonly evaluated: readonly Alert[]
  readonly unknown: readonly Unknown[]
  readonly counts: ReadonlyMap<Rule, RuleCounts>
  readonly problems: readonly InputError[]
  readonly whyNot: WhyNot | null
  /** Whether the receipts and the alerts of earlier snapshots were known, which periods and `snapshot.` need. */
  readonly knows: { readonly received: boolean; readonly earlier: boolean; readonly rows: boolean }
}

const NONE: RuleCounts = { evaluated: 0, matched: 0, suppressed: 0, shadowed: 0, cannotEvaluate: 0, alerts: 0 }

/**
 * Evaluates a rule set over the changes of one snapshot, relation by relation.
 * Throws InputError `bad-rules` with everything that is wrong with the rules, NotFoundError for a key that has not changed.
 */
export async function dryRun(
  db: Evidence,
  set: RuleSet,
  sources: readonly RelationSource[],
  options: DryRunOptions,
): Promise<DryRun> {
  const problems: InputError[] = [...set.problems]
  const evaluations: Evaluation[] = []
  try {
    for (const { relation, source } of sources) {
      const rules = rulesFor(set, relation, sources)
      const compiled = await compileRules(db, { ...set, problems: [] }, shapeOf(source), rules)
      problems.push(...compiled.problems)
      if (problems.length === 0 || options.keepGoing === true) evaluations.push(await evaluate(db, compiled, source))
    }
    if (problems.length > 0 && options.keepGoing !== true) throw badRules(set.file, problems)
    return await told(set, sources, evaluations, problems, options)
  } finally {
    for (const evaluation of evaluations) await evaluation.dispose()
  }
}

export const shapeOf = ({ changes }: ChangeSource) => ({ columns: changes.columns, key: changes.key })

/** The rules about a relation. A rule that names none is about the only one there is. */
export function rulesFor(set: RuleSet, relation: string | null, sources: readonly RelationSource[]): readonly Rule[] {
  const undecided = set.rules.find((rule) => rule.relation === null)
  const named = [...new Set(set.rules.flatMap((rule) => rule.relation ?? []))]
  if (sources.length > 1 && undecided !== undefined) {
    throw undecided.failure(['on'], 'say with relation: which relation the rule is about.', {
      code: 'relation-needed',
      suggestions: [`Relations: ${sources.map((one) => one.relation).join(', ')}`],
    })
  }
  if (relation === null && named.length > 1) {
    throw new UsageError(`The rules of ${set.file} are about several relations: ${named.join(', ')}.`, {
      code: 'relation-needed',
      suggestions: ['Say with --relation which of them the changes are about'],
    })
  }
  return set.rules.filter((rule) => rule.relation === null || relation === null || rule.relation === relation)
}

/** All that is wrong with a rule file, as one failure at the first place. */
export function badRules(file: string, problems: readonly InputError[]): InputError {
  const [first] = problems
  const more = problems.length - 1
  return new InputError(first?.message ?? `${file} has no rules.`, {
    ...(first?.details ?? {}),
    code: first?.code ?? 'bad-rules',
    ...(more === 0 ? {} : { examples: problems.slice(1, 20).map(({ message }) => message) }),
    suggestions: [...(first?.suggestions ?? []), `See all of it with \`recital alerts lint ${file}\``],
  })
}

async function told(
  set: RuleSet,
  sources: readonly RelationSource[],
  evaluations: readonly Evaluation[],
  problems: readonly InputError[],
  { limit, whyNot: key }: DryRunOptions,
): Promise<DryRun> {
  const listed = async (state: AlertState): Promise<Alert[]> => {
    const all: Alert[] = []
    for (const one of evaluations) all.push(...(await listAlerts(one, state, { limit: limit - all.length })))
    return all
  }
  const counts = new Map<Rule, RuleCounts>(set.rules.map((rule) => [rule, NONE]))
  for (const { counts: own } of evaluations) for (const [{ rule }, one] of own) counts.set(rule, one)
  const unknown: Unknown[] = []
  for (const one of evaluations) unknown.push(...(await listUnknown(one)))
  return {
    ...{ set, problems, counts, unknown },
    changes: evaluations.reduce((sum, one) => sum + one.changes, 0),
    unmatched: evaluations.reduce((sum, one) => sum + one.unmatched, 0),
    alerts: await listed('raised'),
    suppressed: await listed('suppressed'),
    shadowed: await listed('shadowed'),
    evaluated: await listed('evaluate'),
    whyNot: key === undefined ? null : await whyNot(evaluations, key),
    knows: {
      received: sources.every(({ source }) => source.received !== null),
      earlier: sources.every(({ source }) => source.earlier !== null),
      rows: sources.every(({ source }) => source.oldRows !== null && source.newRows !== null),
    },
  }
}

export type { CompiledRule }
