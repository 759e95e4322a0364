/** The answer of `recital ingest`, for people. */

import type { Output } from '../output.js'
import { printAlertsOfIngest } from './alerts/log.js'
import { guardLines } from './guards.js'
import type { IngestDocument } from './ingest-document.js'
import { count, plural } from './words.js'

type SnapshotDocument = IngestDocument['snapshots'][number]

/** Files shown one by one; a folder of thousands of messages is summed up. */
const FILES_SHOWN = 20
const FINDINGS_SHOWN = 15

/** Prints what was ingested: per delivery its lines, its changes and what is remarkable. */
export function printIngest(document: IngestDocument, out: Output): void {
  for (const snapshot of document.snapshots) {
    printHead(snapshot, out)
    printFiles(snapshot, out)
    printRelations(snapshot, out)
    printGuards(snapshot, out)
    printFindings(snapshot, out)
    out.line()
  }
  out.line(lastLine(document))
  if (document.alerts !== null) printAlertsOfIngest(document.alerts, document.dryRun, out)
}

function printGuards({ guards, verdict, quarantined }: SnapshotDocument, out: Output): void {
  for (const line of guardLines(guards)) out.safe(`  ${line}`)
  if (quarantined) out.line('  in quarantine: kept, but no part of the history')
  else if (verdict === 'quarantine') out.line('  verdict quarantine, but taken in')
}

function lastLine({ dryRun, generation, snapshots }: IngestDocument): string {
  if (dryRun) return 'Dry run: nothing was published.'
  if (generation === null) return 'The same content with the same dates was there already: nothing changed.'
  return `Published generation ${generation} with ${plural(snapshots.filter(({ alreadyKnown }) => !alreadyKnown).length, 'new snapshot')}. Next: recital status, recital lookup ID`
}

function printHead(snapshot: SnapshotDocument, out: Output): void {
  const { feed, format, id, published, received, receivedBasis, scope, alreadyKnown, late, partial } = snapshot
  const basis = receivedBasis === 'published' ? ' (receipt not stated: taken from the publication)' : ''
  out.line(`${out.colors.bold(feed)}  ${format}, ${scope}  snapshot ${id}`)
  out.line(`  published ${published}, received ${received}${basis}`)
  if (alreadyKnown) out.line('  already known: the same content with the same dates; nothing changed')
  if (late) out.line('  late: a newer publication had been received before; it does not supersede that')
  if (partial) out.line('  incomplete: what is absent is not taken as withdrawn')
}

function printFiles({ files }: SnapshotDocument, out: Output): void {
  const numbers = (file: Omit<SnapshotDocument['files'][number], 'sha256' | 'bytes'>): string[] => [
    file.name,
    ...[file.lines, file.header, file.staged, file.rejected, file.continued, file.blank].map(count),
  ]
  const total = files.reduce(
    (sum, file) => ({
      name: `${count(files.length)} files`,
      lines: sum.lines + file.lines,
      header: sum.header + file.header,
      staged: sum.staged + file.staged,
      rejected: sum.rejected + file.rejected,
      continued: sum.continued + file.continued,
      blank: sum.blank + file.blank,
    }),
    { name: '', lines: 0, header: 0, staged: 0, rejected: 0, continued: 0, blank: 0 },
  )
  const headers = ['file', 'lines', '= header', '+ staged', '+ rejected', '+ continued', '+ blank']
  out.table(
    headers.map((header, index) => ({
      header: index === 0 ? `  ${header}` : header,
      // Cut names of files would all look alike.
      kind: index === 0 ? 'id' : 'number',
    })),
    (files.length > FILES_SHOWN ? [numbers(total)] : files.map(numbers)).map(([name = '', ...rest]) => [
      `  ${name}`,
      ...rest,
    ]),
  )
}

function printRelations({ relations }: SnapshotDocument, out: Output): void {
  const rows = Object.entries(relations)
  if (rows.length === 0) return
  const headers = ['relation', 'rows', 'created', 'updated', 'deleted', 'unchanged', 'late']
  out.table(
    headers.map((header, index) => ({
      header: index === 0 ? `  ${header}` : header,
      kind: index === 0 ? 'text' : 'number',
    })),
    rows.map(([name, one]) => [
      `  ${name}`,
      ...[one.rows, one.created, one.updated, one.deleted, one.unchanged, one.late].map(count),
    ]),
  )
  for (const [name, { equalDuplicates, duplicateKeys }] of rows) {
    if (equalDuplicates > 0)
      out.line(`  ${name}: ${plural(equalDuplicates, 'row')} repeated to the letter, counted once`)
    if (duplicateKeys > 0) out.line(`  ${name}: ${plural(duplicateKeys, 'key')} with differing rows; all of them stay`)
  }
}

/** Where and about which value, unless the message names its file itself. */
function placeOf({ file, line, relation, column, value, message }: SnapshotDocument['findings'][number]): string {
  if (message.includes(file)) return ''
  const what = [relation, column].filter((part) => part !== null).join('.')
  const about = what === '' ? '' : `${what}${value === null ? '' : ` "${value}"`}: `
  return `${line === null ? file : `${file}:${line}`}: ${about}`
}

function printFindings({ findings }: SnapshotDocument, out: Output): void {
  for (const finding of findings.slice(0, FINDINGS_SHOWN)) {
    const times = finding.occurrences > 1 ? ` (${count(finding.occurrences)} times)` : ''
    out.safe(`  note: ${placeOf(finding)}${finding.message}${times}`)
  }
  if (findings.length > FINDINGS_SHOWN)
    out.line(`  and ${plural(findings.length - FINDINGS_SHOWN, 'more kind')} of notes; see --json`)
}
