/** A dry run for people: the alerts in order, each with its reasons; then what was kept back, what is open, the totals. */
import type { SqlValue } from '../../../store/duckdb.js'
import type { Output } from '../../output.js'
import { count, plural } from '../words.js'
import type { AlertEntry, DryRunDocument, KeptEntry, WalkEntry } from './dry-run-document.js'

type Values = Readonly<Record<string, SqlValue>>

/** A value as people read it. */
export const valueText = (value: SqlValue): string =>
  value === null ? '(empty)' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** `id 1` or `event Comet, section a`. */
export const subjectText = (values: Values | null, group: Values | null): string => {
  const entries = Object.entries(group ?? values ?? {})
  return entries.length === 0
    ? 'the snapshot'
    : entries.map(([name, value]) => `${name} ${valueText(value)}`).join(', ')
}

const operandText = (operands: Values): string =>
  Object.entries(operands)
    .map(([name, value]) => `${name} = ${valueText(value)}`)
    .join(', ')

export function printAlert(alert: AlertEntry, out: Output): void {
  const { rule, severity, owner, key, group, message, because, file, line } = alert
  out.safe(`${severity.padEnd(8)}  ${rule}  ${subjectText(key, group)}  ${message}`)
  for (const { condition, operands } of because) {
    const seen = operandText(operands)
    out.safe(`            because ${condition}${seen === '' ? '' : `   (${seen})`}`)
  }
  out.safe(`            ${owner === null ? 'no owner' : `owner ${owner}`}, ${file}:${line}`)
}

function printKept({ rule, key, group, by }: KeptEntry, word: string, out: Output): void {
  const earlier = by.received === null ? '' : ` of the snapshot received ${by.received}`
  out.safe(`  ${rule}  ${subjectText(key, group)}  ${word} ${by.rule}, ${subjectText(by.key, by.group)}${earlier}`)
}

/** Not more of a kind than anybody reads; --json has them all. */
const SHOWN = 20

function section<T>(title: string, entries: readonly T[], total: number, out: Output, print: (entry: T) => void): void {
  if (total === 0) return
  out.line(`\n${title}`)
  for (const entry of entries.slice(0, SHOWN)) print(entry)
  const more = total - Math.min(entries.length, SHOWN)
  if (more > 0) out.line(`  and ${count(more)} more; see --json`)
}

const sum = (document: DryRunDocument, name: 'alerts' | 'suppressed' | 'shadowed'): number =>
  Object.values(document.rules).reduce((total, one) => total + one[name], 0)

export function printDryRun(document: DryRunDocument, out: Output): void {
  const { alerts, suppressed, shadowed, evaluate, cannotEvaluate, changes, totals, unmatched } = document
  if (document.snapshot !== null) out.safe(`Snapshot ${document.snapshot}`)
  out.line(
    `${plural(changes, 'change')}, ${plural(totals.alerts, 'alert')}; ${plural(unmatched, 'change')} without any rule that matches.\n`,
  )
  for (const alert of alerts) printAlert(alert, out)
  if (alerts.length < totals.alerts) out.line(`and ${count(totals.alerts - alerts.length)} more; see --limit`)
  section('Kept back', suppressed, sum(document, 'suppressed'), out, (one) => printKept(one, 'kept back by', out))
  section('Not raised, as an earlier rule matched first', shadowed, sum(document, 'shadowed'), out, (one) =>
    printKept(one, 'after', out),
  )
  section(
    'Would be raised by rules in mode evaluate',
    evaluate,
    evaluate.length,
    out,
    ({ rule, key, group, message }) => out.safe(`  ${rule}  ${subjectText(key, group)}  ${message}`),
  )
  section('Cannot be evaluated', cannotEvaluate, cannotEvaluate.length, out, (one) => printUnknown(one, out))
  for (const problem of document.problems) out.safe(`left out: ${problem}`)
  if (document.whyNot !== null) printWhyNot(document.whyNot, out)
  out.line('')
  const rows = Object.entries(document.rules).map(([rule, one]) => [
    rule,
    ...[one.evaluated, one.matched, one.suppressed, one.shadowed, one.cannotEvaluate, one.alerts].map(count),
  ])
  const headers = ['rule', 'looked at', 'matched', 'kept back', 'after another', 'open', 'alerts']
  out.table(
    headers.map((header, index) => ({ header, kind: index === 0 ? 'id' : 'number' })),
    rows,
  )
  out.line('')
  out.table(
    [
      { header: 'owner', kind: 'id' },
      { header: 'alerts', kind: 'number' },
      { header: 'kept back', kind: 'number' },
    ],
    Object.entries(document.owners).map(([owner, one]) => [owner, count(one.alerts), count(one.suppressed)]),
  )
  out.line('\nNothing was written.')
}

function printUnknown({ rule, count: times, examples }: DryRunDocument['cannotEvaluate'][number], out: Output): void {
  out.safe(`  ${rule}  ${count(times)} times, for example:`)
  for (const { key, group, empty } of examples) {
    const why =
      empty.length === 0 ? 'a value cannot be read' : `${empty.join(', ')} ${empty.length === 1 ? 'is' : 'are'} empty`
    out.safe(`    ${subjectText(key, group)}: ${why}`)
  }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  raised: 'raises an alert',
  suppressed: 'matches, but is kept back',
  shadowed: 'matches, but an earlier rule matched first',
  evaluate: 'matches, in mode evaluate only',
  'other-operation': 'looks at other changes',
  'below-base': 'the group had too few rows before',
}

export function printWhyNot({ key, op, changed, rules }: NonNullable<DryRunDocument['whyNot']>, out: Output): void {
  const what = changed.length === 0 ? '' : ` (${changed.join(', ')})`
  out.line()
  out.safe(`Rule by rule for ${subjectText(key, null)}, ${op}${what}`)
  for (const walk of rules) out.safe(`  ${walk.rule}  ${walkText(walk)}`)
}

function walkText({ outcome, condition, operands, distance, empty }: WalkEntry): string {
  const seen = operandText(operands)
  if (outcome === 'not-met') {
    const far = distance === null ? '' : `, ${distance} away`
    return `not met: ${condition}${seen === '' ? '' : `   (${seen}${far})`}`
  }
  if (outcome === 'cannot-evaluate')
    return `cannot be evaluated: ${condition}${empty.length === 0 ? '' : `, ${empty.join(', ')} empty`}`
  return `${OUTCOMES[outcome] ?? outcome}${seen === '' ? '' : `   (${seen})`}`
}
