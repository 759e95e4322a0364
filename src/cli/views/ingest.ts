/** The answer of `recital ingest`, for machines and for people. */

import { InputError } from '../../errors.js'
import type { IngestedSnapshot, IngestResult } from '../../ingest/index.js'
import { displayInstant } from '../../model/dates/instants.js'
import type { Output } from '../output.js'
import { type AlertsOfIngest, printAlertsOfIngest } from './alerts/log.js'
import { type GuardDocument, guardDocument, guardLines, type Verdict } from './guards.js'
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
    /** What the guards concluded; null where it came before there were guards. */
    verdict: Verdict | null
    /** In quarantine and kept out of the history. */
    quarantined: boolean
    guards: GuardDocument[]
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
  /** Other snapshots that this ingest brought into quarantine or out of it. */
  moved: { feed: string; snapshot: string; quarantined: boolean }[]
  skipped: { name: string; reason: string }[]
  /** Alerts raised and kept back for the new snapshots; null where no rules were evaluated. */
  alerts: AlertsOfIngest | null
}

export function ingestDocument(
  result: IngestResult,
  dryRun: boolean,
  alerts: IngestDocument['alerts'] = null,
): IngestDocument {
  return {
    kind: 'recital.ingest',
    version: 1,
    dryRun,
    generation: result.generation,
    snapshots: result.snapshots.map(snapshotDocument),
    moved: result.moved.map(({ feed, snapshot, held }) => ({ feed, snapshot, quarantined: held })),
    skipped: result.skipped.map(({ name, reason }) => ({ name, reason })),
    alerts,
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
    verdict: one.judgement?.verdict ?? null,
    quarantined: one.judgement?.held ?? false,
    guards: (one.judgement?.findings ?? []).map(guardDocument),
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

/**
 * What of an ingest is in quarantine is a failure, although it is kept: whoever scripts this must notice.
 * Throws InputError `quarantined` with what the guards saw.
 */
export function refuseQuarantined({ snapshots }: IngestResult): void {
  const held = snapshots.filter(({ judgement }) => judgement?.held === true)
  const [first] = held
  if (first === undefined) return
  const others = snapshots.length - held.length
  const which =
    held.length === 1
      ? `Snapshot ${first.id} of ${first.feed} is`
      : `${held.length} of ${snapshots.length} deliveries are`
  const rest = others === 0 ? '' : ` ${others === 1 ? 'The other was' : `The other ${others} were`} taken in.`
  throw new InputError(`${which} in quarantine: kept, but no part of the history.${rest}`, {
    code: 'quarantined',
    examples: held.flatMap(({ id, judgement }) =>
      (judgement?.findings ?? [])
        .filter(({ level }) => level === 'quarantine')
        .map(({ guard, message }) => `${held.length === 1 ? '' : `${id}: `}${guard}: ${message}`),
    ),
    suggestions: [
      `See \`recital feed check ${first.feed}\` for thresholds and what to do`,
      'If it is right as it is, ingest it again with --accept-quarantine REASON --by NAME',
    ],
  })
}

/** Says of other snapshots that they came into quarantine or out of it. */
export function tellMoved({ moved }: IngestResult, dryRun: boolean, warn: (message: string) => void): void {
  const is = dryRun ? 'would be' : 'is'
  for (const { feed, snapshot, held } of moved) {
    warn(
      held
        ? `${snapshot} of ${feed} ${is} in quarantine now that this delivery stands before it: see \`recital feed check ${feed}\``
        : `${snapshot} of ${feed} ${is} out of quarantine now that this delivery stands before it`,
    )
  }
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
