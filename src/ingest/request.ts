/** What an ingest is asked to do and what it answers. */
import type { Relation } from '../model/relations.js'
import type { GuardMode, Judgement, RelationChanges, SnapshotFile, SnapshotFinding } from '../snapshots/index.js'
import type { Evidence } from '../store/duckdb.js'

export const FORMATS = ['tables', 'bwarm', 'cwr', 'ern', 'musicbrainz'] as const
export type Format = (typeof FORMATS)[number]

/** Rejected lines that a delivery may have: a number of lines, or a part of its data lines. */
export type RejectLimit = { readonly lines: number } | { readonly percent: number }

/** As given by the user; what is absent comes from `feed.yaml`, the mapping or the delivery itself. */
export interface IngestRequest {
  /** Absolute paths of files and folders. */
  readonly paths: readonly string[]
  readonly feed?: string | undefined
  readonly format: 'auto' | Format
  /** Absolute path of a mapping file. */
  readonly mapping?: string | undefined
  readonly received?: string | undefined
  readonly published?: string | undefined
  readonly sequence?: number | undefined
  readonly scope?: 'full' | 'delta' | undefined
  readonly maxRejects: RejectLimit
  readonly guards?: GuardMode | undefined
  /** Takes the one snapshot in although it is in quarantine: why, and on whose word. */
  readonly override?: { readonly reason: string; readonly by: string } | undefined
  readonly dryRun: boolean
}

/** What the work reports while it goes on. */
export interface IngestReporter {
  phase(name: string, options?: { step?: number; of?: number; total?: number }): void
  advance(progress: { rows?: number; rejects?: number; done?: number }): void
  warn(message: string): void
}

export interface IngestedSnapshot {
  readonly id: string
  readonly feed: string
  readonly format: Format
  readonly published: string
  readonly received: string
  readonly receivedBasis: 'given' | 'published'
  readonly scope: 'full' | 'delta'
  readonly late: boolean
  readonly alreadyKnown: boolean
  readonly partial: boolean
  readonly files: readonly SnapshotFile[]
  readonly relations: ReadonlyMap<string, RelationChanges>
  readonly findings: readonly SnapshotFinding[]
  /** What its guards concluded; null where it came before there were guards. */
  readonly judgement: Judgement | null
}

export interface IngestResult {
  readonly snapshots: readonly IngestedSnapshot[]
  /** Number of the generation that was published; null when nothing new was there or for a dry run. */
  readonly generation: number | null
  /** Files that no reader recognised, with the reason. */
  /** Other snapshots that were judged anew because of this ingest, and came into quarantine (`held`) or out of it. */
  readonly moved: readonly { readonly feed: string; readonly snapshot: string; readonly held: boolean }[]
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

/** A relation of a staged delivery. */
export interface StagedScope {
  readonly relation: Relation
  readonly scope: 'full' | 'delta'
}

/** A delivery whose snapshot is new in the history. */
export interface FoldedDelivery {
  readonly id: string
  readonly feed: string
  /** Absolute path of the alert rules that its settings name. */
  readonly alertRules: string | null
}

/**
 * Called for each new snapshot, in order of receipt, when all are folded and nothing is published yet, also in a dry run.
 * What it throws ends the ingest.
 */
export type OnFolded = (db: Evidence, snapshot: FoldedDelivery) => Promise<void>
