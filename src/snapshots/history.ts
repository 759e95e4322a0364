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
import { foldRelation, type RelationChanges } from './fold-relation.js'
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
}

export interface FoldContext {
  readonly db: Evidence
  /** Folder of the snapshots' archives; each has a folder of its own id. */
  readonly archive: string
  onStep?(snapshot: string, relation: string): void
}

/**
 * Folds a registered snapshot (rows in `snapshots` and `snapshot_relations`, archive written) into the statements.
 * @returns the changes by relation, as the snapshot's receipt made them
 */
export async function foldSnapshot(context: FoldContext, snapshotNo: number): Promise<Map<string, RelationChanges>> {
  const feedSnapshots = (await loadSnapshots(context.db, snapshotNo)).sort(byReceipt)
  const position = feedSnapshots.findIndex((one) => one.snapshotNo === snapshotNo)
  const later = feedSnapshots.slice(position + 1)
  if (later.length > 0) await rewind(context.db, later)
  const result = await apply(context, feedSnapshots, position)
  for (let next = position + 1; next < feedSnapshots.length; next++) await apply(context, feedSnapshots, next)
  return result
}

/** All snapshots of the feed that a snapshot belongs to. */
async function loadSnapshots(db: Evidence, snapshotNo: number): Promise<FoldedSnapshot[]> {
  const rows = await db.rows(
    `SELECT s.snapshot_no, s.snapshot, s.feed_no, f.feed, f.by_unit, epoch_us(published) AS published,
       epoch_us(received) AS received, sequence, content_sha256, epoch_us(spoken_first) AS spoken_first,
       epoch_us(spoken_last) AS spoken_last,
       (SELECT string_agg(relation || '=' || r.scope, ',' ORDER BY relation) FROM snapshot_relations r WHERE r.snapshot_no = s.snapshot_no) AS scopes
     FROM snapshots s JOIN feeds f ON f.feed_no = s.feed_no
     WHERE s.feed_no = (SELECT feed_no FROM snapshots WHERE snapshot_no = $snapshotNo)`,
    { snapshotNo },
  )
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
    scopes: new Map(
      String(row.scopes ?? '')
        .split(',')
        .filter((pair) => pair !== '')
        .map((pair) => pair.split('=') as [string, 'full' | 'delta']),
    ),
  }))
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

const archivedRelation = (context: FoldContext, snapshot: FoldedSnapshot, relation: Relation): ArchivedRelation => ({
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
