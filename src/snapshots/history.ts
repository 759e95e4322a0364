/**
 * A feed's history: its snapshots, folded in receipt order. A snapshot that was received before others that are already
 * folded rewinds the feed to its receipt and replays the others from the archive, so that the statements depend only on
 * the set of snapshots with their dates, never on the loading order.
 */
import path from 'node:path'
import type { Relation } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { sqlPointers } from '../store/evidence/pointers.js'
import { addRun } from '../store/evidence/runs.js'
import { statementsOf, storedRelations } from '../store/evidence/schema.js'
import feedSnapshots from './feed-snapshots.sql'
import { foldRelation, type RelationChanges } from './fold-relation.js'
import { factsOfSnapshot } from './guards/facts.js'
import { byReceipt, bySpeaking, type OrderedSnapshot } from './order.js'
import { type ArchivedRelation, stagedRows } from './staged-rows.js'

/** A snapshot as the fold sees it. */
export interface FoldedSnapshot extends OrderedSnapshot {
  readonly snapshotNo: number
  readonly snapshot: string
  readonly feedNo: number
  readonly feed: string
  readonly byUnit: boolean
  readonly spokenFirst: number | null
  readonly spokenLast: number | null
  /** Relation name → scope in which the snapshot speaks about it. */
  readonly scopes: ReadonlyMap<string, 'full' | 'delta'>
  /** In quarantine: archived, but no part of the history. */
  readonly held: boolean
}

export interface FoldContext {
  readonly db: Evidence
  /** Folder of the snapshots' archives; each has a folder of its own id. */
  readonly archive: string
  onStep?(snapshot: string, relation: string): void
}

/**
 * Folds a registered snapshot (rows in `snapshots` and `snapshot_relations`, archive written) into the statements, unless
 * it is in quarantine.
 * @param released numbers of other snapshots of its feed that came into quarantine or out of it: history is replayed from
 *   the first of them
 * @returns the changes by relation, as the snapshot's receipt made them
 */
export async function foldSnapshot(
  context: FoldContext,
  snapshotNo: number,
  released: readonly number[] = [],
): Promise<Map<string, RelationChanges>> {
  const all = (await loadFeedSnapshots(context.db, snapshotNo)).sort(byReceipt)
  const moved = new Set([snapshotNo, ...released])
  const start = all.findIndex((one) => moved.has(one.snapshotNo))
  const [own] = all.filter((one) => one.snapshotNo === snapshotNo)
  if (own?.held === true && released.length === 0) {
    await recordNothing(context.db, own)
    return new Map()
  }
  const later = all.slice(start).filter((one) => one.snapshotNo !== snapshotNo || released.includes(snapshotNo))
  if (later.length > 0) await rewind(context.db, later)
  let result = new Map<string, RelationChanges>()
  const history = all.filter(({ held }) => !held)
  for (const one of all.slice(start)) {
    if (one.held) {
      await recordNothing(context.db, one)
      continue
    }
    const changes = await apply(context, history, history.indexOf(one))
    if (one.snapshotNo === snapshotNo) result = changes
  }
  return result
}

/** All snapshots of the feed that a snapshot belongs to, in no order. */
export async function loadFeedSnapshots(db: Evidence, snapshotNo: number): Promise<FoldedSnapshot[]> {
  const rows = await db.rows(feedSnapshots, { snapshotNo })
  return rows.map((row) => ({
    snapshotNo: Number(row.snapshot_no),
    snapshot: String(row.snapshot),
    feedNo: Number(row.feed_no),
    feed: String(row.feed),
    byUnit: row.by_unit === true,
    published: Number(row.published),
    received: Number(row.received),
    sequence: row.sequence === null ? null : Number(row.sequence),
    contentSha256: String(row.content_sha256),
    spokenFirst: row.spoken_first === null ? null : Number(row.spoken_first),
    spokenLast: row.spoken_last === null ? null : Number(row.spoken_last),
    held: row.held === true,
    scopes: new Map(
      String(row.scopes ?? '')
        .split(',')
        .filter((pair) => pair !== '')
        .map((pair) => pair.split('=') as [string, 'full' | 'delta']),
    ),
  }))
}

/** A snapshot in quarantine changed nothing. */
async function recordNothing(db: Evidence, { snapshotNo }: FoldedSnapshot): Promise<void> {
  await db.run(
    `UPDATE snapshot_relations AS r SET created = 0, updated = 0, deleted = 0, unchanged = 0, late = 0,
       "rows" = coalesce((SELECT f.distinct_rows + f.withdrawn FROM relation_facts f
         WHERE f.snapshot_no = r.snapshot_no AND f.relation = r.relation), 0)
     WHERE r.snapshot_no = $snapshotNo`,
    { snapshotNo },
  )
}

/** Takes back what the given snapshots did, all of them later in receipt order than the ones that stay. */
async function rewind(db: Evidence, later: readonly FoldedSnapshot[]): Promise<void> {
  const numbers = later.map(({ snapshotNo }) => snapshotNo).join(', ')
  for (const relation of await storedRelations(db)) {
    const table = statementsOf(relation)
    await db.run(`DELETE FROM ${table} WHERE snapshot_no IN (${numbers})`)
    await db.run(`UPDATE ${table} SET known_to = NULL, closed_by = NULL WHERE closed_by IN (${numbers})`)
  }
  // Pointers of statements that are gone lead nowhere; the replay adds those that are needed.
}

async function apply(
  context: FoldContext,
  feedSnapshots: readonly FoldedSnapshot[],
  position: number,
): Promise<Map<string, RelationChanges>> {
  const snapshot = feedSnapshots[position]
  const results = new Map<string, RelationChanges>()
  if (snapshot === undefined) return results
  const earlier = feedSnapshots.slice(0, position)
  const relations = await relationsOf(context.db, snapshot)
  if (snapshot.byUnit) await prepareUnits(context, snapshot, earlier, relations)
  const facts = await factsOfSnapshot(context.db, snapshot.snapshotNo)
  for (const relation of relations) {
    context.onStep?.(snapshot.snapshot, relation.name)
    const scope = snapshot.scopes.get(relation.name)
    const outspoken = earlier.filter((one) => one.scopes.has(relation.name) && bySpeaking(one, snapshot) > 0)
    const changes = await foldRelation({
      db: context.db,
      feed: snapshot.feed,
      feedNo: snapshot.feedNo,
      snapshotNo: snapshot.snapshotNo,
      relation,
      archived: scope === undefined ? null : archivedRelation(context, snapshot, relation),
      scope: scope ?? 'delta',
      byUnit: snapshot.byUnit && scope !== 'full',
      superseded: outspoken.some((one) => one.scopes.get(relation.name) === 'full'),
      overruling: snapshot.byUnit ? [] : outspoken.map((one) => archivedRelation(context, one, relation)),
      facts: facts.get(relation.name) ?? null,
    })
    if (changes.created + changes.updated + changes.late > 0) await finishRun(context.db, relation, snapshot)
    await recordChanges(context.db, snapshot, relation, changes)
    // A withdrawn unit takes rows of relations along that the snapshot has none of.
    if (scope !== undefined || changes.deleted > 0) results.set(relation.name, changes)
  }
  return results
}

/** The relations a snapshot may change: those it speaks about, and by unit all that the feed has. */
async function relationsOf(db: Evidence, snapshot: FoldedSnapshot): Promise<Relation[]> {
  const stored = await storedRelations(db)
  return stored.filter(({ name }) => snapshot.scopes.has(name) || snapshot.byUnit)
}

/** A relation in the archive of a snapshot. */
export const archivedRelation = (
  context: Pick<FoldContext, 'archive'>,
  snapshot: FoldedSnapshot,
  relation: Relation,
): ArchivedRelation => ({
  relation,
  parquet: path.join(context.archive, snapshot.snapshot, `${relation.name}.parquet`),
})

/** SELECT of the units that a snapshot mentions, with the last instant at which each was spoken about. */
function mentionedUnits(context: FoldContext, snapshot: FoldedSnapshot, relations: readonly Relation[]): string {
  const published = `make_timestamp(${snapshot.published})`
  const selects = relations
    .filter(({ name }) => snapshot.scopes.has(name))
    .map(
      (relation) =>
        `SELECT unit, coalesce(spoken, ${published}) AS spoken FROM ${stagedRows(archivedRelation(context, snapshot, relation), snapshot.feed)}`,
    )
  const all =
    selects.length === 0
      ? `SELECT NULL::VARCHAR AS unit, NULL::TIMESTAMP AS spoken WHERE false`
      : selects.join(' UNION ALL ')
  return `(SELECT unit, max(spoken) AS spoken FROM (${all}) WHERE unit IS NOT NULL GROUP BY unit)`
}

/** Temporary table `units`: unit, spoken, overruled (a snapshot received before said something later about it). */
async function prepareUnits(
  context: FoldContext,
  snapshot: FoldedSnapshot,
  earlier: readonly FoldedSnapshot[],
  relations: readonly Relation[],
): Promise<void> {
  const first = snapshot.spokenFirst ?? snapshot.published
  const rivals = earlier.filter((one) => (one.spokenLast ?? one.published) >= first)
  const overruled = rivals.map((rival) => {
    const wins = bySpeaking(rival, snapshot) > 0 ? '>=' : '>'
    return `EXISTS (SELECT 1 FROM ${mentionedUnits(context, rival, relations)} r WHERE r.unit = u.unit AND r.spoken ${wins} u.spoken)`
  })
  await context.db.run(
    `CREATE OR REPLACE TEMP TABLE units AS
     SELECT unit, spoken, ${overruled.length === 0 ? 'false' : overruled.join(' OR ')} AS overruled
     FROM ${mentionedUnits(context, snapshot, relations)} u`,
  )
}

/** The new statements of a snapshot are one sorted run; what they mention becomes findable. */
async function finishRun(db: Evidence, relation: Relation, snapshot: FoldedSnapshot): Promise<void> {
  await addPointers(db, relation, snapshot)
  await addRun(db, { table: statementsOf(relation), order: 'subject', counter: `runs:${relation.name}` })
}

async function addPointers(db: Evidence, relation: Relation, snapshot: FoldedSnapshot): Promise<void> {
  const rows = `(SELECT * FROM ${statementsOf(relation)} WHERE snapshot_no = ${snapshot.snapshotNo})`
  const pointers = sqlPointers(relation, rows, literal(snapshot.feed))
  if (pointers === null) return
  await db.run(
    `INSERT INTO pointers SELECT "key", subject, ${snapshot.feedNo}, ${literal(relation.name)}
     FROM (SELECT * FROM (${pointers}) ORDER BY "key")`,
  )
  await addRun(db, { table: 'pointers', order: '"key"', counter: 'runs of pointers' })
}

async function recordChanges(
  db: Evidence,
  snapshot: FoldedSnapshot,
  relation: Relation,
  changes: RelationChanges,
): Promise<void> {
  await db.run(
    `UPDATE snapshot_relations SET "rows" = $rows, created = $created, updated = $updated, deleted = $deleted,
       unchanged = $unchanged, late = $late, equal_duplicates = $equalDuplicates, duplicate_keys = $duplicateKeys
     WHERE snapshot_no = $snapshotNo AND relation = $relation`,
    { ...changes, snapshotNo: snapshot.snapshotNo, relation: relation.name },
  )
}

/** The changes of a snapshot by relation, as its fold recorded them. */
export async function relationChanges(db: Evidence, snapshotNo: number): Promise<Map<string, RelationChanges>> {
  const rows = await db.rows('SELECT * FROM snapshot_relations WHERE snapshot_no = $snapshotNo ORDER BY relation', {
    snapshotNo,
  })
  return new Map(
    rows.map((row) => [
      String(row.relation),
      {
        rows: Number(row.rows),
        created: Number(row.created),
        updated: Number(row.updated),
        deleted: Number(row.deleted),
        unchanged: Number(row.unchanged),
        late: Number(row.late),
        equalDuplicates: Number(row.equal_duplicates),
        duplicateKeys: Number(row.duplicate_keys),
      },
    ]),
  )
}
