/** Our side of a verification: the changes of a snapshot in the history, or of two files. */
import { basename, join } from 'node:path'
import { type ColumnType, diffFiles } from '../diff/index.js'
import { UsageError } from '../errors.js'
import type { ChangeSet } from '../model/change-set.js'
import { changedRelations, changesOfSnapshot, feedLog, findSnapshot } from '../snapshots/index.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { NamedSnapshot } from './named-pair.js'

/** A change set on its way from the evidence into a database where it can be compared. */
export interface CarriedChanges {
  readonly parquet: string
  readonly changeSet: Omit<ChangeSet, 'table'>
  readonly feed: string
  readonly snapshot: string
  readonly relation: string
  /** The snapshot that spoke before it, and itself. */
  readonly pair: { readonly old: NamedSnapshot; readonly new: NamedSnapshot }
}

/**
 * Takes the changes of a snapshot (by default the last received) out of the evidence into a file in a folder.
 * Throws NotFoundError `unknown-feed`, `unknown-snapshot`, `unknown-relation`; UsageError `which-relation`, `quarantined`.
 */
export async function carryChanges(
  db: Evidence,
  feed: string,
  choice: { readonly snapshot?: string | undefined; readonly relation?: string | undefined },
  folder: string,
): Promise<CarriedChanges> {
  const { snapshot } = await findSnapshot(db, feed, choice.snapshot)
  const log = await feedLog(db, feed)
  const own = log.find(({ id }) => id === snapshot)
  if (own?.judgement?.held === true) {
    throw new UsageError(
      `Snapshot ${snapshot} of ${feed} is in quarantine: it changed nothing that could be compared.`,
      {
        code: 'quarantined',
        suggestions: [`See \`recital feed check ${feed} --snapshot ${snapshot}\``],
      },
    )
  }
  const relation = choice.relation ?? (await onlyRelation(db, feed, snapshot, Object.keys(own?.relations ?? {})))
  const { table, ...changeSet } = await changesOfSnapshot(db, feed, snapshot, relation)
  const parquet = join(folder, 'ours.parquet')
  await db.run(`COPY ${table} TO ${literal(parquet)} (FORMAT parquet)`)
  const heard = log.filter(({ judgement, received }) => judgement?.held !== true && received <= (own?.received ?? ''))
  const before = heard[heard.findIndex(({ id }) => id === snapshot) - 1]
  const named = (one: (typeof log)[number] | undefined): NamedSnapshot => ({
    shown: one?.id ?? 'none',
    names:
      one === undefined ? [] : [one.id, ...one.files.flatMap(({ name, sha256 }) => [sha256, name, basename(name)])],
  })
  return { parquet, changeSet, feed, snapshot, relation, pair: { old: named(before), new: named(own) } }
}

async function onlyRelation(db: Evidence, feed: string, snapshot: string, stated: readonly string[]): Promise<string> {
  const changed = await changedRelations(db, feed, snapshot)
  const candidates = changed.length > 0 ? changed : stated
  const [only] = candidates
  if (only !== undefined && candidates.length === 1) return only
  throw new UsageError(`Which relation? Snapshot ${snapshot} of ${feed} has several: ${candidates.join(', ')}.`, {
    code: 'which-relation',
    suggestions: [`Name one with --relation, e.g. --relation ${only ?? 'shares'}`],
  })
}

/** Carried changes as a change set of a database. */
export async function unpackChanges(db: Evidence, { parquet, changeSet }: CarriedChanges): Promise<ChangeSet> {
  await db.run(`CREATE TABLE our_changes AS SELECT * FROM read_parquet(${literal(parquet)})`)
  return { ...changeSet, table: 'our_changes' }
}

export interface TwoFiles {
  /** Absolute paths. */
  readonly old: string
  readonly new: string
  readonly key: readonly string[]
  readonly types: ReadonlyMap<string, ColumnType>
}

/** The changes between two files, with the names of both. Throws as the diff does. */
export async function diffOf(
  db: Evidence,
  files: TwoFiles,
  options: { readonly folder: string; readonly signal: AbortSignal; readonly memoryBytes?: number | undefined },
): Promise<{ changeSet: ChangeSet; pair: { old: NamedSnapshot; new: NamedSnapshot } }> {
  const file = (path: string) => ({ path, name: basename(path) })
  const { changeSet, sha256 } = await diffFiles(db, {
    old: file(files.old),
    new: file(files.new),
    key: files.key,
    types: files.types,
    ...options,
  })
  const named = (path: string, hash: string): NamedSnapshot => ({
    shown: basename(path),
    names: [hash, basename(path)],
  })
  return { changeSet, pair: { old: named(files.old, sha256.old), new: named(files.new, sha256.new) } }
}
