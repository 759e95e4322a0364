/** Conflicts as a table for spreadsheets: UTF-8, RFC 4180, one row per conflict, several values in a cell apart by `|`. */
import type { ConflictsReport, ReportConflict } from './model.js'
import { placeOf } from './model.js'

const COLUMNS: readonly (readonly [
  name: string,
  value: (conflict: ReportConflict, report: ConflictsReport) => string | number | null,
])[] = [
  ['state', () => 'stands'],
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['severity', ({ severity }) => severity],
  ['subject', ({ subject }) => subject],
  ['right', ({ right }) => right],
  ['territories', ({ territories }) => territories],
  ['from', ({ from }) => from],
  ['to', ({ to }) => to],
  ['known_from', ({ knownFrom }) => knownFrom],
  ['known_to', ({ knownTo }) => knownTo],
  ['total', ({ total }) => total],
  ['over', ({ over }) => over],
  ['streams', ({ streams }) => streams],
  ['payment_only', ({ paymentOnly }) => (paymentOnly ? 'yes' : 'no')],
  ['parties', ({ parties }) => parties.join('|')],
  ['statements', ({ statements }) => statements.join('|')],
  ['sources', ({ statements }, report) => statements.map((statement) => placeOf(report, statement)).join('|')],
  ['detail', ({ detail }) => detail],
  ['decisions', ({ decisions }) => decisions.map(({ at, author, verdict }) => `${at} ${author}: ${verdict}`).join('|')],
  ['next', ({ next }) => next],
  ['key', ({ key }) => key],
]

/** A cell that a spreadsheet would take for a formula is text: a quote stands before it. Numbers stay numbers. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** With `--since`, those that disappeared follow, with another state. */
export function conflictsCsv(report: ConflictsReport): string {
  const stateOf = report.since === null ? 'stands' : 'appeared'
  const rows = [
    ...report.conflicts.map((conflict) => [stateOf, conflict] as const),
    ...report.disappeared.map((conflict) => ['disappeared', conflict] as const),
  ]
  const lines = rows.map(([state, conflict]) =>
    COLUMNS.map(([name, value]) => cell(name === 'state' ? state : value(conflict, report))).join(','),
  )
  return `${[COLUMNS.map(([name]) => name).join(','), ...lines].join('\r\n')}\r\n`
}
