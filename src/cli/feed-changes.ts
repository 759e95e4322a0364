/** The changes of a snapshot of a feed, for `recital feed changes`: counted, shown in part, written to a file in whole. */
import { dirname, resolve } from 'node:path'
import { changePage, formatOf, type ShownChange, writeChanges } from '../diff/index.js'
import { UsageError } from '../errors.js'
import { checkReportFile } from '../report/index.js'
import { changedRelations, changesOfSnapshot, findSnapshot } from '../snapshots/index.js'
import type { Evidence } from '../store/duckdb.js'
import { askEvidence } from './evidence.js'
import type { Session } from './session.js'

export interface FeedChangesFlags {
  readonly snapshot: string | undefined
  readonly relation: string | undefined
  readonly out: string | undefined
  readonly overwrite: boolean
  readonly limit: number
}

export interface RelationOfChanges {
  readonly relation: string
  readonly key: readonly string[]
  readonly created: number
  readonly updated: number
  readonly deleted: number
  /** In the order of the keys, at most as many as asked for. */
  readonly changes: readonly ShownChange[]
}

export interface FeedChanges {
  readonly feed: string
  readonly snapshot: string
  readonly relations: readonly RelationOfChanges[]
}

/**
 * Throws NotFoundError `unknown-feed`, `unknown-snapshot`, `unknown-relation`; UsageError `which-relation` where several
 * would go into one file; as writing a file does.
 */
export function runFeedChanges(session: Session, feed: string, flags: FeedChangesFlags): Promise<FeedChanges> {
  const { snapshot, relation, out, overwrite, limit } = flags
  const path = out === undefined ? undefined : resolve(session.cwd, out)
  if (path !== undefined && out !== undefined) {
    checkReportFile({ path, name: out, overwrite })
    formatOf(out)
  }
  return askEvidence(session, {
    command: 'feed changes',
    arguments: { feed, snapshot: snapshot ?? null, relation: relation ?? null },
    ...(path === undefined ? {} : { folders: [dirname(path)] }),
    ask: (db) => changesOf(db, feed, flags, path),
    outline: ({ relations }) => ({
      known: null,
      rows: relations.reduce((sum, { created, updated, deleted }) => sum + created + updated + deleted, 0),
      summary: `changes of ${relations.length} relations, ${limit} shown`,
    }),
  })
}

async function changesOf(
  db: Evidence,
  feed: string,
  { snapshot, relation, out, overwrite, limit }: FeedChangesFlags,
  path: string | undefined,
): Promise<FeedChanges> {
  const found = await findSnapshot(db, feed, snapshot)
  const names = relation === undefined ? await changedRelations(db, feed, found.snapshot) : [relation]
  if (path !== undefined && names.length !== 1) {
    throw new UsageError(
      names.length === 0
        ? `Snapshot ${found.snapshot} changed nothing that could be written.`
        : `Snapshot ${found.snapshot} changed ${names.join(', ')}; a file holds the changes of one relation.`,
      { code: 'which-relation', suggestions: ['Name one with --relation'] },
    )
  }
  const relations: RelationOfChanges[] = []
  for (const name of names) {
    const changeSet = await changesOfSnapshot(db, feed, found.snapshot, name)
    const columns = changeSet.columns.map((column) => column.name)
    const changes = { changeSet, sides: { old: columns, new: columns }, sha256: { old: '', new: '' } }
    if (path !== undefined && out !== undefined) {
      const file = { path, name: out, overwrite, format: formatOf(out), envelope: 'plain' } as const
      await writeChanges(db, changes, file)
    }
    const rows = await db.rows(`SELECT op, count(*) AS n FROM ${changeSet.table} GROUP BY op`)
    const of = (op: string): number => Number(rows.find((row) => row.op === op)?.n ?? 0)
    relations.push({
      relation: name,
      key: changeSet.key,
      ...{ created: of('create'), updated: of('update'), deleted: of('delete') },
      changes: (await changePage(db, changes, { offset: 0, limit, filter: {} })).changes,
    })
  }
  return { feed, snapshot: found.snapshot, relations }
}
