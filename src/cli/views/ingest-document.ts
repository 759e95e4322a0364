/** The answer of `recital ingest`, for machines. */

import type { IngestedSnapshot, IngestResult } from '../../ingest/index.js'
import { displayInstant } from '../../model/dates/instants.js'
import type { AlertsOfIngest } from './alerts/log.js'
import { type GuardDocument, guardDocument, type Verdict } from './guards.js'

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
