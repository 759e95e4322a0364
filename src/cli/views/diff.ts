/** How people see a diff: the counts, what happened to the columns, where it concentrates, and the first changes. */
import type { ShownChange } from '../../diff/index.js'
import type { Output } from '../output.js'
import { shownValue } from './diff-cells.js'
import type { DiffDocument } from './diff-document.js'
import { changeLines, notesOf, rate } from './diff-words.js'
import { count, plural } from './words.js'

export interface DiffPrint {
  readonly changes: readonly ShownChange[]
  /** Names of files that were written. */
  readonly written: readonly string[]
}

export function printDiff(document: DiffDocument, out: Output, { changes, written }: DiffPrint): void {
  const { rows, created, updated, deleted, unchanged } = document
  const total = created + updated + deleted
  const { green, yellow, red, bold } = out.colors
  out.line(bold(`${plural(rows.old, 'row')} before, ${plural(rows.new, 'row')} after`))
  const parts = [
    green(`+ ${count(created)} created`),
    yellow(`~ ${count(updated)} updated`),
    red(`- ${count(deleted)} deleted`),
    `= ${count(unchanged)} unchanged`,
  ]
  out.line(parts.join('  '))
  for (const note of notesOf(document)) out.safe(note)
  printColumns(document, out)
  printBy(document, out)
  if (changes.length > 0) {
    out.line()
    printChanges(changes, document.key, out)
  }
  if (changes.length < total) {
    out.line(`${plural(total - changes.length, 'more change')}: raise --limit, or write them all with --out`)
  }
  for (const name of written) out.safe(`Wrote ${name}`)
}

function printColumns({ columns, updated, unchanged }: DiffDocument, out: Output): void {
  const changed = Object.entries(columns.changed)
  const ignored = Object.entries(columns.ignored).filter(([, n]) => n > 0)
  if (changed.length + ignored.length === 0) return
  const pairs = updated + unchanged
  out.line()
  out.table(
    [
      { header: 'column' },
      { header: 'differs in', kind: 'number' },
      { header: 'of rows', kind: 'number' },
      { header: '' },
    ],
    [
      ...changed.map(([name, n]) => [name, count(n), rate(n, pairs), '']),
      ...ignored.map(([name, n]) => [name, count(n), rate(n, pairs), 'ignored']),
    ],
  )
}

function printBy({ by }: DiffDocument, out: Output): void {
  if (by === null) return
  const numbers = ['before', 'after', 'created', 'updated', 'deleted', 'deleted %']
  out.line()
  out.table(
    [{ header: 'value' }, ...numbers.map((header) => ({ header, kind: 'number' as const }))],
    by.map((one) => [
      shownValue(one.value),
      ...[one.old, one.new, one.created, one.updated, one.deleted].map(count),
      one.rates.deleted === null ? '' : String(one.rates.deleted),
    ]),
  )
}

const SIGNS = { create: '+', update: '~', delete: '-' } as const

function printChanges(changes: readonly ShownChange[], key: readonly string[], out: Output): void {
  const rows = changes.flatMap((change) =>
    changeLines(change, key).map(({ op, key: known, column, before, after }, index) => [
      index === 0 ? SIGNS[op] : '',
      index === 0 ? known : '',
      column ?? '',
      before,
      after,
    ]),
  )
  const headers = ['', key.join(' | '), 'column', 'before', 'after']
  out.table(
    headers.map((header) => ({ header })),
    rows,
  )
}
