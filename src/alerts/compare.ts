/** Two versions of a rule file over the same changes: which alerts come, go and change, and which rule is the reason. */
import type { Evidence } from '../store/duckdb.js'
import { type DryRun, type DryRunOptions, dryRun, type RelationSource } from './dry-run.js'
import type { Alert } from './evaluate/alerts.js'
import type { Rule, RuleSet } from './rules/model.js'

/** What was done to a rule between the versions. */
export type RuleChange = 'added' | 'removed' | 'changed' | 'unchanged'

export interface AlertDifference {
  readonly alert: Alert
  /** The same alert by the other version, where it is only told otherwise. */
  readonly before: Alert | null
  readonly rule: RuleChange
  /** Rule that keeps it back in one of the versions, where that is the reason. */
  readonly by: string | null
  /** What is told otherwise: severity, message, owner, route. */
  readonly differs: readonly string[]
}

export interface RuleComparison {
  readonly changes: number
  readonly alerts: { readonly old: number; readonly new: number }
  readonly added: readonly AlertDifference[]
  readonly removed: readonly AlertDifference[]
  readonly changed: readonly AlertDifference[]
  readonly rules: ReadonlyMap<string, RuleChange>
  /** More alerts than were compared one by one. */
  readonly isCut: boolean
}

/** Throws as a dry run of either set does. */
export async function compareRules(
  db: Evidence,
  sets: { readonly old: RuleSet; readonly new: RuleSet },
  sources: readonly RelationSource[],
  options: DryRunOptions,
): Promise<RuleComparison> {
  const old = await dryRun(db, sets.old, sources, options)
  const now = await dryRun(db, sets.new, sources, options)
  const rules = ruleChanges(sets.old, sets.new)
  const [before, after] = [byIdentity(old.alerts), byIdentity(now.alerts)]
  const only = (alerts: readonly Alert[], other: ReadonlyMap<string, Alert>, elsewhere: DryRun) =>
    alerts
      .filter((alert) => !other.has(identityOf(alert)))
      .map((alert): AlertDifference => {
        const rule = rules.get(alert.compiled.rule.id) ?? 'unchanged'
        return { alert, before: null, rule, by: keptBy(alert, elsewhere), differs: [] }
      })
  const changed = now.alerts.flatMap((alert): AlertDifference[] => {
    const other = before.get(identityOf(alert))
    const differs = other === undefined ? [] : differing(other, alert)
    if (other === undefined || differs.length === 0) return []
    return [{ alert, before: other, rule: rules.get(alert.compiled.rule.id) ?? 'unchanged', by: null, differs }]
  })
  const total = (run: DryRun) => [...run.counts.values()].reduce((sum, { alerts }) => sum + alerts, 0)
  const alerts = { old: total(old), new: total(now) }
  return {
    ...{ changes: now.changes, alerts, rules, changed },
    added: only(now.alerts, before, old),
    removed: only(old.alerts, after, now),
    isCut: old.alerts.length < alerts.old || now.alerts.length < alerts.new,
  }
}

/** The same rule about the same thing; a message that reads otherwise is the same alert. */
const identityOf = ({ compiled, key, group, position }: Alert): string =>
  JSON.stringify([compiled.rule.id, group ?? key, group === null ? position : null])

const byIdentity = (alerts: readonly Alert[]): Map<string, Alert> =>
  new Map(alerts.map((alert) => [identityOf(alert), alert]))

function keptBy(alert: Alert, run: DryRun): string | null {
  const kept = [...run.suppressed, ...run.shadowed].find((one) => identityOf(one) === identityOf(alert))
  return kept?.by?.compiled.rule.id ?? null
}

function differing(a: Alert, b: Alert): string[] {
  const [x, y] = [a.compiled.rule, b.compiled.rule]
  return [
    ...(x.severity === y.severity ? [] : ['severity']),
    ...(a.message === b.message ? [] : ['message']),
    ...(x.owner === y.owner ? [] : ['owner']),
    ...(x.route.join() === y.route.join() ? [] : ['route']),
  ]
}

/** What a rule does, without where it stands, what it is tested with and what explains it. */
const meaningOf = ({ place, failure, tests, message, runbook, ...rule }: Rule): string => JSON.stringify(rule)

function ruleChanges(old: RuleSet, now: RuleSet): Map<string, RuleChange> {
  const before = new Map(old.rules.map((rule) => [rule.id, rule]))
  const after = new Set(now.rules.map(({ id }) => id))
  const changes = now.rules.map((rule): [string, RuleChange] => {
    const other = before.get(rule.id)
    return [rule.id, other === undefined ? 'added' : meaningOf(other) === meaningOf(rule) ? 'unchanged' : 'changed']
  })
  const removed = old.rules.filter(({ id }) => !after.has(id)).map(({ id }): [string, RuleChange] => [id, 'removed'])
  return new Map([...changes, ...removed])
}

/** What both versions need of the changes: all relations, all rows where either counts them, the types of the newer. */
export const bothSets = ({ old, new: now }: { readonly old: RuleSet; readonly new: RuleSet }): RuleSet => ({
  ...now,
  feed: now.feed ?? old.feed,
  types: { ...old.types, ...now.types },
  rules: [...old.rules, ...now.rules],
})
