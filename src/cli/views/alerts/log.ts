/** What `recital alerts log` answers, and what an ingest tells of its alerts. */
import type { RecordedAlert, RecordedAlerts } from '../../../alerts/index.js'
import { displayInstant } from '../../../model/dates/instants.js'
import type { Output } from '../../output.js'
import { count, plural } from '../words.js'
import { subjectText } from './dry-run.js'

export type AlertRow = RecordedAlert

export interface LogDocument {
  kind: 'recital.alerts.log'
  version: 1
  total: number
  alerts: AlertRow[]
}

export interface AlertsOfIngest {
  raised: number
  suppressed: number
  listed: AlertRow[]
}

export const alertRows = (alerts: readonly RecordedAlert[]): AlertRow[] =>
  alerts.map((alert) => ({ ...alert, received: displayInstant(alert.received) }))

export const logDocument = ({ total, alerts }: RecordedAlerts): LogDocument => ({
  kind: 'recital.alerts.log',
  version: 1,
  total,
  alerts: alertRows(alerts),
})

export function printRows(rows: readonly AlertRow[], out: Output): void {
  out.table(
    [
      { header: 'received', kind: 'id' },
      { header: 'feed', kind: 'id' },
      { header: 'severity', kind: 'id' },
      { header: 'rule', kind: 'id' },
      { header: 'about' },
      { header: 'message' },
      { header: 'kept back by' },
    ],
    rows.map(({ received, feed, severity, rule, key, group, message, by }) => [
      ...[received, feed, severity, rule, subjectText(key, group), message, by?.rule ?? ''],
    ]),
  )
}

export function printLog({ total, alerts }: LogDocument, out: Output): void {
  if (total === 0) out.line('No alerts are recorded.')
  else printRows(alerts, out)
  if (alerts.length < total) out.line(`and ${count(total - alerts.length)} more; see --limit`)
}

/** Rows that the answer of an ingest shows to people. */
const SHOWN = 20

export function printAlertsOfIngest(
  { raised, suppressed, listed }: AlertsOfIngest,
  isDryRun: boolean,
  out: Output,
): void {
  const kept = suppressed === 0 ? '' : `, ${count(suppressed)} kept back`
  out.line(`\n${isDryRun ? 'Would raise' : 'Raised'} ${plural(raised, 'alert')}${kept}.`)
  if (listed.length > 0) printRows(listed.slice(0, SHOWN), out)
  const more = raised + suppressed - Math.min(listed.length, SHOWN)
  if (more > 0) out.line(`and ${count(more)} more: recital alerts log`)
}
