/** A diff as the page that people read and pass on. */
import type { ShownChange } from '../../diff/index.js'
import type { DiffReport } from '../../report/index.js'
import type { DiffDocument } from './diff-document.js'
import { changeLines, notesOf, rate } from './diff-words.js'
import { count, plural } from './words.js'

export function diffReport(
  document: DiffDocument,
  changes: readonly ShownChange[],
  files: { readonly old: string; readonly new: string },
  program: string,
): DiffReport {
  const { rows, created, updated, deleted, unchanged, columns } = document
  const total = created + updated + deleted
  const pairs = updated + unchanged
  const column =
    (ignored: boolean) =>
    ([name, n]: [string, number]) => ({ name, n: count(n), rate: rate(n, pairs), ignored })
  return {
    old: files.old,
    new: files.new,
    counts: [
      { what: 'rows before', n: count(rows.old) },
      { what: 'rows after', n: count(rows.new) },
      { what: 'created', n: count(created) },
      { what: 'updated', n: count(updated) },
      { what: 'deleted', n: count(deleted) },
      { what: 'unchanged', n: count(unchanged) },
    ],
    notes: notesOf(document),
    columns: [
      ...Object.entries(columns.changed).map(column(false)),
      ...Object.entries(columns.ignored)
        .filter(([, n]) => n > 0)
        .map(column(true)),
    ],
    keyName: document.key.join(' | '),
    lines: changes.flatMap((change) => changeLines(change, document.key)),
    leftOut:
      changes.length < total
        ? `The first ${plural(changes.length, 'change')} of ${count(total)}, in the order of the keys. All of them: recital diff … --out FILE`
        : null,
    program,
    sha256: document.sha256,
  }
}
