/** The answer of `recital ingest`, for machines and for people. */
import type { IngestedSnapshot, IngestResult } from '../../ingest/index.js'
import { displayInstant } from '../../model/dates/instants.js'
import type { Output } from '../output.js'
import { count, plural } from './words.js'

interface RelationCounts {
  rows: number
  created: number
  updated: number
  deleted: number
  unchanged: number
  late: number
  equalDuplicates: number
  duplicateKeys: number
}

export interface IngestDocument {
  kind: 'recital.ingest'
  version: 1
  dryRun: boolean
  generation: number | null
  snapshots: {
    id: string
    feed: string
    format: string
    published: string
    received: string
    receivedBasis: 'given' | 'published'
    scope: 'full' | 'delta'
    late: boolean
    alreadyKnown: boolean
    partial: boolean
    files: {
      name: string
      sha256: string
      bytes: number
      lines: number
      header: number
      staged: number
      rejected: number
      continued: number
      blank: number
    }[]
    relations: Record<string, RelationCounts>
    findings: {
      file: string
      code: string
      relation: string | null
      column: string | null
      line: number | null
      value: string | null
      occurrences: number
      message: string
    }[]
  }[]
  skipped: { name: string; reason: string }[]
}

export function ingestDocument(result: IngestResult, dryRun: boolean): IngestDocument {
  return {
    kind: 'recital.ingest',
    version: 1,
    dryRun,
    generation: result.generation,
    snapshots: result.snapshots.map(snapshotDocument),
    skipped: result.skipped.map(({ name, reason }) => ({ name, reason })),
  }
}

function snapshotDocument(one: IngestedSnapshot): IngestDocument['snapshots'][number] {
  const { id, feed, format, receivedBasis, scope, late, alreadyKnown, partial } = one
  return {
    id,
    feed,
    format,
    published: displayInstant(one.published),
    received: displayInstant(one.received),
    receivedBasis,
    scope,
    late,
    alreadyKnown,
    partial,
    files: one.files.map(({ name, sha256, bytes, lines, header, staged, rejected, continued, blank }) => ({
      name,
      sha256,
      bytes,
      lines,
      header,
      staged,
      rejected,
      continued,
      blank,
    })),
    relations: Object.fromEntries(
      [...one.relations].map(([name, changes]) => [
        name,
        {
          rows: changes.rows,
          created: changes.created,
          updated: changes.updated,
          deleted: changes.deleted,
          unchanged: changes.unchanged,
          late: changes.late,
          equalDuplicates: changes.equalDuplicates,
          duplicateKeys: changes.duplicateKeys,
        },
      ]),
    ),
    findings: one.findings.map((finding) => ({
      file: one.files[finding.file]?.name ?? '',
      code: finding.code,
      relation: finding.relation ?? null,
      column: finding.column ?? null,
      line: finding.line ?? null,
      value: finding.value ?? null,
      occurrences: finding.occurrences,
      message: finding.message,
    })),
  }
}

/** Files shown one by one; a folder of thousands of messages is summed up. */
const FILES_SHOWN = 20
const FINDINGS_SHOWN = 15

/** Prints what was ingested: per delivery its lines, its changes and what is remarkable. */
export function printIngest(document: IngestDocument, out: Output): void {
  for (const snapshot of document.snapshots) {
    printHead(snapshot, out)
    printFiles(snapshot, out)
    printRelations(snapshot, out)
    printFindings(snapshot, out)
    out.line()
  }
  out.line(lastLine(document))
}

function lastLine({ dryRun, generation, snapshots }: IngestDocument): string {
  if (dryRun) return 'Dry run: nothing was published.'
  if (generation === null) return 'The same content with the same dates was there already: nothing changed.'
  return `Published generation ${generation} with ${plural(snapshots.filter(({ alreadyKnown }) => !alreadyKnown).length, 'new snapshot')}. Next: recital status, recital lookup ID`
}

type SnapshotDocument = IngestDocument['snapshots'][number]

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
