/** The JSON of `recital alerts dry-run`. */
import type { Alert, DryRun, RuleWalk, Unknown } from '../../../alerts/index.js'
import type { SqlValue } from '../../../store/duckdb.js'

type Values = Readonly<Record<string, SqlValue>>

export interface AlertEntry {
  rule: string
  severity: string
  owner: string | null
  key: Values | null
  group: Values | null
  op: string | null
  message: string
  because: { condition: string; operands: Values }[]
  route: readonly string[]
  runbook: string | null
  file: string
  line: number
}

/** An alert that is not raised, with the alert that keeps it back; `received` where that is of an earlier snapshot. */
export interface KeptEntry extends AlertEntry {
  by: { rule: string; key: Values | null; group: Values | null; received: string | null }
}

export interface WalkEntry {
  rule: string
  outcome: string
  condition: string | null
  operands: Values
  distance: number | string | null
  held: readonly string[]
  empty: readonly string[]
  group: Values | null
}

export interface DryRunDocument {
  kind: 'recital.alerts.dry-run'
  version: 1
  file: string
  snapshot: string | null
  changes: number
  unmatched: number
  alerts: AlertEntry[]
  suppressed: KeptEntry[]
  shadowed: KeptEntry[]
  evaluate: AlertEntry[]
  cannotEvaluate: { rule: string; count: number; columns: readonly string[]; examples: Unknown['examples'] }[]
  rules: Record<
    string,
    { evaluated: number; matched: number; suppressed: number; shadowed: number; cannotEvaluate: number; alerts: number }
  >
  owners: Record<string, { alerts: number; suppressed: number }>
  totals: { alerts: number; suppressed: number }
  problems: string[]
  whyNot: { key: Values; op: string; changed: readonly string[]; rules: WalkEntry[] } | null
}

export function alertEntry({ compiled: { rule }, key, group, op, message, because }: Alert): AlertEntry {
  const { id, severity, owner, route, runbook, place } = rule
  return {
    ...{ rule: id, severity, owner, key, group, op, message },
    because: because.map(({ condition, operands }) => ({ condition, operands })),
    ...{ route, runbook, file: place.file, line: place.line },
  }
}

export const keptEntry = (alert: Alert): KeptEntry => ({
  ...alertEntry(alert),
  by: {
    rule: alert.by?.compiled.rule.id ?? '',
    key: alert.by?.key ?? null,
    group: alert.by?.group ?? null,
    received: alert.by?.received ?? null,
  },
})

const walkEntry = ({ compiled, ...walk }: RuleWalk): WalkEntry => {
  const { outcome, condition, operands, distance, held, empty, group } = walk
  return { rule: compiled.rule.id, outcome, condition, operands, distance, held, empty, group }
}

/** Owner of rules that name none. */
export const NO_OWNER = '(no owner)'

export function dryRunDocument(run: DryRun, snapshot: string | null): DryRunDocument {
  const rules: DryRunDocument['rules'] = {}
  const owners: DryRunDocument['owners'] = {}
  const totals = { alerts: 0, suppressed: 0 }
  for (const [rule, counts] of run.counts) {
    rules[rule.id] = { ...counts }
    const owner = owners[rule.owner ?? NO_OWNER] ?? { alerts: 0, suppressed: 0 }
    owners[rule.owner ?? NO_OWNER] = {
      alerts: owner.alerts + counts.alerts,
      suppressed: owner.suppressed + counts.suppressed,
    }
    totals.alerts += counts.alerts
    totals.suppressed += counts.suppressed
  }
  return {
    kind: 'recital.alerts.dry-run',
    version: 1,
    file: run.set.file,
    snapshot,
    changes: run.changes,
    unmatched: run.unmatched,
    alerts: run.alerts.map(alertEntry),
    suppressed: run.suppressed.map(keptEntry),
    shadowed: run.shadowed.map(keptEntry),
    evaluate: run.evaluated.map(alertEntry),
    cannotEvaluate: run.unknown.map(({ compiled, ...one }) => ({ rule: compiled.rule.id, ...one })),
    rules,
    owners: Object.fromEntries(Object.entries(owners).sort(([a], [b]) => (a < b ? -1 : 1))),
    totals,
    problems: run.problems.map(({ message }) => message),
    whyNot: run.whyNot === null ? null : { ...run.whyNot, rules: run.whyNot.rules.map(walkEntry) },
  }
}
