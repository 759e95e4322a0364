/** What a guard is shown of a snapshot and of the feed before it. */
import type { Relation } from '../../model/relations.js'
import type { Evidence } from '../../store/duckdb.js'
import type { FoldedSnapshot } from '../history.js'
import type { Comparison } from './compare.js'
import type { ColumnFacts, RelationFacts } from './facts.js'
import type { GuardFinding } from './finding.js'
import type { Checks } from './settings.js'

/** A snapshot of the feed, with what is known of its content. */
export interface FeedSnapshot extends FoldedSnapshot {
  readonly partial: boolean
  readonly format: string
  readonly files: readonly SnapshotFileFacts[]
  readonly facts: ReadonlyMap<string, RelationFacts>
}

export interface SnapshotFileFacts {
  readonly name: string
  readonly partial: boolean
  readonly header: number
  readonly staged: number
  /** The relation that it was read as and the names of its columns; null for formats without. */
  readonly columns: { readonly relation: string; readonly names: readonly string[] } | null
}

/** One relation of the snapshot under judgement. */
export interface RelationView {
  readonly relation: Relation
  readonly scope: 'full' | 'delta'
  readonly facts: RelationFacts
  readonly columns: readonly ColumnFacts[]
  /** The last snapshot before it, by publication, that is complete in this relation and not in quarantine. */
  readonly baseline: {
    readonly snapshot: FeedSnapshot
    readonly facts: RelationFacts
    readonly columns: readonly ColumnFacts[]
    /** The Parquet file of its typed rows in the archive. */
    readonly parquet: string
  } | null
  /** Against the baseline; null without one, for deltas and for equal content. */
  readonly comparison: Comparison | null
}

export interface GuardView {
  readonly db: Evidence
  readonly snapshot: FeedSnapshot
  readonly checks: Checks
  /** All snapshots of the feed that were published before it, in order; those in quarantine are `held`. */
  readonly earlier: readonly FeedSnapshot[]
  /** All others, which were published after it. */
  readonly later: readonly FeedSnapshot[]
  readonly relations: readonly RelationView[]
}

/** A guard looks at a snapshot and tells what it sees; nothing where all is well. */
export type Guard = (view: GuardView) => readonly GuardFinding[] | Promise<readonly GuardFinding[]>
