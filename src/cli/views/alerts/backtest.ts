/** What `recital alerts backtest` answers. */
import type { Backtest } from '../../../alerts/index.js'
import { displayInstant } from '../../../model/dates/instants.js'
import type { Output } from '../../output.js'
import { count, plural } from '../words.js'

export interface BacktestDocument {
  kind: 'recital.alerts.backtest'
  version: 1
  feed: string
  snapshots: { snapshot: string; received: string; changes: number; alerts: number; suppressed: number }[]
  days: { day: string; alerts: number; owners: Record<string, number> }[]
  rules: Record<
    string,
    {
      alerts: number
      suppressed: number
      matched: number
      cannotEvaluate: number
      snapshots: number
      storm: { snapshot: string; alerts: number } | null
    }
  >
  overlaps: { a: string; b: string; both: number }[]
}

export const backtestDocument = (result: Backtest): BacktestDocument => ({
  kind: 'recital.alerts.backtest',
  version: 1,
  feed: result.feed,
  snapshots: result.snapshots.map((one) => ({ ...one, received: displayInstant(one.received) })),
  days: [...result.days].map(([day, owners]) => ({
    day,
    alerts: [...owners.values()].reduce((sum, one) => sum + one, 0),
    owners: Object.fromEntries([...owners].sort(([a], [b]) => (a < b ? -1 : 1))),
  })),
  rules: Object.fromEntries(result.rules),
  overlaps: [...result.overlaps],
})

/** Widest bar of the histogram. */
const BAR = 40

export function printBacktest({ feed, snapshots, days, rules, overlaps }: BacktestDocument, out: Output): void {
  const total = snapshots.reduce((sum, { alerts }) => sum + alerts, 0)
  out.safe(`${feed}: ${plural(snapshots.length, 'snapshot')}, ${plural(total, 'alert')}.\n`.trimEnd())
  out.line()
  const most = Math.max(1, ...snapshots.map(({ alerts }) => alerts))
  out.table(
    [
      { header: 'received', kind: 'id' },
      { header: 'changes', kind: 'number' },
      { header: 'alerts', kind: 'number' },
      { header: 'kept back', kind: 'number' },
      { header: '' },
    ],
    snapshots.map(({ received, changes, alerts, suppressed }) => [
      ...[received, count(changes), count(alerts), count(suppressed)],
      '#'.repeat(alerts === 0 ? 0 : Math.max(1, Math.round((alerts / most) * BAR))),
    ]),
  )
  out.line()
  out.table(
    [
      { header: 'rule', kind: 'id' },
      ...['alerts', 'kept back', 'open', 'snapshots', 'most at once'].map((header) => ({
        header,
        kind: 'number' as const,
      })),
    ],
    Object.entries(rules).map(([rule, one]) => [
      rule,
      ...[one.alerts, one.suppressed, one.cannotEvaluate, one.snapshots, one.storm?.alerts ?? 0].map(count),
    ]),
  )
  if (days.length > 0) out.line()
  for (const { day, owners } of days)
    out.safe(
      `${day}  ${Object.entries(owners)
        .map(([owner, alerts]) => `${owner} ${count(alerts)}`)
        .join(', ')}`,
    )
  for (const { a, b, both } of overlaps.slice(0, 10)) out.safe(`${a} and ${b} match the same ${plural(both, 'change')}`)
}
