/** What `recital alerts compare` answers. */
import type { AlertDifference, RuleComparison } from '../../../alerts/index.js'
import type { Output } from '../../output.js'
import { count, plural } from '../words.js'
import { subjectText } from './dry-run.js'
import { type AlertEntry, alertEntry } from './dry-run-document.js'

export interface DifferenceEntry extends AlertEntry {
  /** The rule between the two versions: added, removed, changed or unchanged. */
  ruleChange: string
  /** Another rule that keeps the alert back in one version. */
  by: string | null
  differs: readonly string[]
  before: { severity: string; message: string; owner: string | null } | null
}

export interface CompareDocument {
  kind: 'recital.alerts.compare'
  version: 1
  changes: number
  alerts: { old: number; new: number }
  added: DifferenceEntry[]
  removed: DifferenceEntry[]
  changed: DifferenceEntry[]
  rules: Record<string, string>
  cut: boolean
}

const entry = ({ alert, before, rule, by, differs }: AlertDifference): DifferenceEntry => ({
  ...alertEntry(alert),
  ...{ ruleChange: rule, by, differs },
  before:
    before === null
      ? null
      : { severity: before.compiled.rule.severity, message: before.message, owner: before.compiled.rule.owner },
})

export const compareDocument = (result: RuleComparison): CompareDocument => ({
  kind: 'recital.alerts.compare',
  version: 1,
  changes: result.changes,
  alerts: result.alerts,
  added: result.added.map(entry),
  removed: result.removed.map(entry),
  changed: result.changed.map(entry),
  rules: Object.fromEntries(result.rules),
  cut: result.isCut,
})

const SHOWN = 50

function reason({ rule, ruleChange, by }: DifferenceEntry, isAdded: boolean): string {
  if (by !== null) return isAdded ? `no longer kept back by ${by}` : `kept back by ${by}`
  return ruleChange === 'unchanged' ? 'by other rules' : `${rule} was ${ruleChange}`
}

export function printCompare(document: CompareDocument, out: Output): void {
  const { alerts, changes, added, removed, changed } = document
  out.line(
    `${plural(changes, 'change')}: ${plural(alerts.old, 'alert')} by the old rules, ${count(alerts.new)} by the new.`,
  )
  const lists = [
    ['+', added, (one: DifferenceEntry) => reason(one, true)],
    ['-', removed, (one: DifferenceEntry) => reason(one, false)],
    ['~', changed, (one: DifferenceEntry) => `${one.differs.join(', ')}, ${reason(one, true)}`],
  ] as const
  for (const [mark, entries, why] of lists) {
    for (const one of entries.slice(0, SHOWN))
      out.safe(
        `${mark} ${one.severity.padEnd(8)}  ${one.rule}  ${subjectText(one.key, one.group)}  ${one.message}  (${why(one)})`,
      )
    if (entries.length > SHOWN) out.line(`${mark} and ${count(entries.length - SHOWN)} more; see --json`)
  }
  out.line(`${count(added.length)} added, ${count(removed.length)} removed, ${count(changed.length)} changed.`)
  if (document.cut) out.line('There are more alerts than --limit; the others were not compared.')
}
