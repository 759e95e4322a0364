/**
 * The fold of one relation of one snapshot into its feed's statements: what changed closes and opens intervals of
 * knowledge, what stayed is not touched. One diff, by subject and content hash, for first deliveries, full ones,
 * deltas and late arrivals alike.
 */
import type { Relation } from '../model/relations.js'
import { quoted, relationColumns } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { statementsOf } from '../store/evidence/schema.js'
import type { RelationFacts } from './guards/facts.js'
import { type ArchivedRelation, keyOf, sameKey, stagedRows } from './staged-rows.js'

/** Rows of one relation of one snapshot: rows = created + updated + unchanged + late + keys that a delta withdraws. */
export interface RelationChanges {
  /** Distinct rows that the snapshot states, the withdrawals of a delta (`op` = `delete`) among them. */
  rows: number
  created: number
  updated: number
  deleted: number
  unchanged: number
  /** Rows that say something else than what had been received before from a later publication; known at no instant. */
  late: number
  /** Rows that repeat another to the letter; counted once. */
  equalDuplicates: number
  /** Keys that have several differing rows; all stay. */
  duplicateKeys: number
}

/** What the fold of a relation needs to know about its snapshot. */
export interface RelationFold {
  readonly db: Evidence
  readonly feed: string
  readonly feedNo: number
  readonly snapshotNo: number
  readonly relation: Relation
  /** null when the snapshot has no row of the relation but replaces units that may have some. */
  readonly archived: ArchivedRelation | null
  readonly scope: 'full' | 'delta'
  readonly byUnit: boolean
  /** A full publication later than this one had been received before: nothing in here is ever believed. */
  readonly superseded: boolean
  /**
   * Archived deltas that speak later than this snapshot although received before it; they keep the keys they mention.
   * Units are compared beforehand (temporary table `units`, column `overruled`).
   */
  readonly overruling: readonly ArchivedRelation[]
  /** What its guards counted in it; null where it was never judged. */
  readonly facts: Pick<RelationFacts, 'rows' | 'distinctRows' | 'repeatedKeys'> | null
}

const NOTHING: RelationChanges = {
  rows: 0,
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  late: 0,
  equalDuplicates: 0,
  duplicateKeys: 0,
}

/** Folds one relation; the evidence must hold the feed's history up to the snapshot's receipt, and nothing later. */
export async function foldRelation(fold: RelationFold): Promise<RelationChanges> {
  const duplicates = await countDuplicates(fold)
  const staged = stagedSource(fold, duplicates.equalDuplicates > 0)
  await prepareKeys(fold, staged)
  const believed = staged === null ? null : believedRows(fold, staged)
  const open = fold.superseded ? null : await openRows(fold)
  const counts = { ...NOTHING, ...duplicates }
  let stated = 0
  if (staged !== null) {
    stated =
      fold.facts?.distinctRows ?? (await countOf(fold.db, `SELECT count(*) AS n FROM ${staged} WHERE op IS NULL`))
    counts.rows = stated + (await countWithdrawals(fold, staged))
    if (!onlyBelieved(fold)) counts.late = await insertLate(fold, staged)
  }
  if (!fold.superseded) {
    await findChanges(fold, believed, open)
    counts.deleted = open === null ? 0 : await closeVanished(fold)
    counts.created = believed === null ? 0 : await insertNew(fold, believed, open !== null)
  }
  counts.unchanged = stated - counts.late - counts.created
  if (counts.created > 0 && counts.deleted > 0) counts.updated = await countUpdated(fold)
  counts.created -= counts.updated
  counts.deleted -= counts.updated
  return counts
}

const countOf = async (db: Evidence, sql: string): Promise<number> => Number((await db.rows(sql))[0]?.n ?? 0)

/** Natural keys that a delta names only to withdraw them; a withdrawn unit (release, registration) is no row. */
async function countWithdrawals({ db, relation, scope, byUnit }: RelationFold, staged: string): Promise<number> {
  if (scope === 'full' || byUnit) return 0
  const key = keyOf(relation).join(', ')
  return countOf(db, `SELECT count(*) AS n FROM (SELECT DISTINCT ${key} FROM ${staged} WHERE op IS NOT NULL)`)
}

/** True where every row of the snapshot is believed: nothing later had been received before. */
const onlyBelieved = (fold: RelationFold): boolean => !fold.superseded && fold.overruling.length === 0 && !fold.byUnit

async function countDuplicates(
  fold: RelationFold,
): Promise<Pick<RelationChanges, 'equalDuplicates' | 'duplicateKeys'>> {
  const { archived, db, relation, feed, facts } = fold
  if (archived === null) return { equalDuplicates: 0, duplicateKeys: 0 }
  if (facts !== null) return { equalDuplicates: facts.rows - facts.distinctRows, duplicateKeys: facts.repeatedKeys }
  const rows = stagedRows(archived, feed)
  const key = [...keyOf(relation), 'unit'].join(', ')
  const repeated = await countOf(
    db,
    `SELECT count(*) AS n FROM (SELECT 1 FROM (SELECT hash(${key}) AS h FROM ${rows} WHERE op IS NULL) GROUP BY h HAVING count(*) > 1)`,
  )
  if (repeated === 0) return { equalDuplicates: 0, duplicateKeys: 0 }
  const [found] = await db.rows(
    `SELECT coalesce(sum(n - d), 0)::BIGINT AS equal_rows, count(*) FILTER (d > 1) AS keys FROM (
       SELECT count(*) AS n, count(DISTINCT (content_hi, content_lo)) AS d FROM ${rows} WHERE op IS NULL GROUP BY ${key} HAVING count(*) > 1)`,
  )
  return { equalDuplicates: Number(found?.equal_rows ?? 0), duplicateKeys: Number(found?.keys ?? 0) }
}

/** The snapshot's rows, equal ones once: the one said last, then the first in the file. */
function stagedSource(fold: RelationFold, hasEqualRows: boolean): string | null {
  if (fold.archived === null) return null
  const rows = stagedRows(fold.archived, fold.feed)
  if (!hasEqualRows) return rows
  return `(SELECT * FROM ${rows} QUALIFY op IS NOT NULL
    OR row_number() OVER (PARTITION BY op, subject, content_hi, content_lo ORDER BY spoken DESC NULLS LAST, file, line, row_no) = 1)`
}

/** Temporary tables: `mentioned` keys of a delta, `overruled` keys that a later publication has spoken about. */
async function prepareKeys(fold: RelationFold, staged: string | null): Promise<void> {
  const { db, relation } = fold
  if (fold.byUnit || fold.superseded) return
  const key = keyOf(relation).join(', ')
  if (fold.overruling.length > 0) {
    const theirs = fold.overruling.map((archived) => `SELECT ${key} FROM ${stagedRows(archived, fold.feed)}`)
    await db.run(`CREATE OR REPLACE TEMP TABLE overruled AS SELECT DISTINCT * FROM (${theirs.join(' UNION ALL ')})`)
  }
  if (fold.scope === 'delta' && staged !== null) {
    await db.run(`CREATE OR REPLACE TEMP TABLE mentioned AS SELECT DISTINCT ${key} FROM ${staged}`)
  }
}

/** SQL condition on rows `r` of the snapshot: nobody who speaks later had been heard before. */
function isBelieved(fold: RelationFold): string {
  if (fold.byUnit) {
    return `NOT EXISTS (SELECT 1 FROM units u WHERE u.unit = r.unit AND (u.overruled OR r.spoken < u.spoken))`
  }
  if (fold.overruling.length === 0) return 'true'
  return `NOT EXISTS (SELECT 1 FROM overruled k WHERE ${sameKey(fold.relation, 'k', 'r')})`
}

const believedRows = (fold: RelationFold, staged: string): string =>
  `(SELECT * FROM ${staged} r WHERE op IS NULL AND ${isBelieved(fold)})`

/** Open statements that the snapshot speaks about, or null when the feed has none in this relation. */
async function openRows(fold: RelationFold): Promise<string | null> {
  const { db, relation, feedNo } = fold
  const table = statementsOf(relation)
  const some = await db.rows(`SELECT 1 AS n FROM ${table} WHERE feed_no = $feedNo AND known_to IS NULL LIMIT 1`, {
    feedNo,
  })
  if (some.length === 0) return null
  const conditions = [`o.feed_no = ${feedNo}`, 'o.known_to IS NULL']
  if (fold.scope === 'delta') {
    conditions.push(
      fold.byUnit
        ? 'EXISTS (SELECT 1 FROM units u WHERE u.unit = o.unit AND NOT u.overruled)'
        : `EXISTS (SELECT 1 FROM mentioned k WHERE ${sameKey(relation, 'k', 'o')})`,
    )
  }
  if (!fold.byUnit && fold.overruling.length > 0) {
    conditions.push(`NOT EXISTS (SELECT 1 FROM overruled k WHERE ${sameKey(relation, 'k', 'o')})`)
  }
  return `(SELECT rowid AS row_id, subject, content_hi, content_lo FROM ${table} o WHERE ${conditions.join(' AND ')})`
}

/** Temporary table `changes`: row_id of a statement no longer made, or row_no of a row not yet a statement. */
async function findChanges(fold: RelationFold, believed: string | null, open: string | null): Promise<void> {
  if (open === null) return
  const fresh = believed ?? '(SELECT 0 AS row_no, 0 AS subject, 0 AS content_hi, 0 AS content_lo WHERE false)'
  await fold.db.run(
    `CREATE OR REPLACE TEMP TABLE changes AS SELECT o.row_id, n.row_no
     FROM ${open} o FULL JOIN (SELECT row_no, subject, content_hi, content_lo FROM ${fresh}) n
       ON o.subject = n.subject AND o.content_hi = n.content_hi AND o.content_lo = n.content_lo
     WHERE o.row_id IS NULL OR n.row_no IS NULL`,
  )
}

const receivedAt = (fold: RelationFold): string =>
  `(SELECT received FROM snapshots WHERE snapshot_no = ${fold.snapshotNo})`

async function closeVanished(fold: RelationFold): Promise<number> {
  const { db, relation, snapshotNo } = fold
  const vanished = await countOf(db, 'SELECT count(*) AS n FROM changes WHERE row_id IS NOT NULL')
  if (vanished === 0) return 0
  await db.run(
    `UPDATE ${statementsOf(relation)} SET known_to = ${receivedAt(fold)}, closed_by = ${snapshotNo}
     WHERE rowid IN (SELECT row_id FROM changes WHERE row_id IS NOT NULL)`,
  )
  return vanished
}

function insertion(fold: RelationFold, from: string, late: boolean): string {
  const { relation, feedNo, snapshotNo } = fold
  const columns = [...relationColumns(relation).map(({ name }) => quoted(name)), 'raw', 'extra']
  const end = late ? `${receivedAt(fold)}, ${snapshotNo}` : 'NULL::TIMESTAMP, NULL::INTEGER'
  // What is the same in all rows is added behind the sort, which moves every column that it is given.
  return `INSERT INTO ${statementsOf(relation)}
    SELECT subject, content_hi, content_lo, ${feedNo}, ${snapshotNo}, file, line, unit, spoken, ${receivedAt(fold)}, ${end},
      ${columns.join(', ')}
    FROM (SELECT subject, content_hi, content_lo, file, line, unit, spoken, ${columns.join(', ')} FROM ${from} ORDER BY subject)`
}

async function insertNew(fold: RelationFold, believed: string, compared: boolean): Promise<number> {
  const fresh = compared
    ? `(SELECT * FROM ${believed} WHERE row_no IN (SELECT row_no FROM changes WHERE row_no IS NOT NULL))`
    : believed
  return fold.db.run(insertion(fold, fresh, false))
}

/** Rows of a late arrival that nobody believes at any instant, unless they are believed on another's word. */
async function insertLate(fold: RelationFold, staged: string): Promise<number> {
  const { relation, feedNo } = fold
  const unheard = fold.superseded ? 'true' : `NOT (${isBelieved(fold)})`
  const late = `(SELECT r.* FROM ${staged} r WHERE op IS NULL AND ${unheard} AND NOT EXISTS (
    SELECT 1 FROM ${statementsOf(relation)} o WHERE o.feed_no = ${feedNo} AND o.known_to IS NULL
      AND o.subject = r.subject AND o.content_hi = r.content_hi AND o.content_lo = r.content_lo))`
  return fold.db.run(insertion(fold, late, true))
}

/** Keys with both vanished and new rows: so many of them were updated. */
async function countUpdated(fold: RelationFold): Promise<number> {
  const { db, relation, snapshotNo } = fold
  const key = keyOf(relation).join(', ')
  const count = (where: string): string =>
    `(SELECT ${key}, count(*) AS n FROM ${statementsOf(relation)} WHERE ${where} GROUP BY ${key})`
  const fresh = count(`snapshot_no = ${snapshotNo} AND known_to IS NULL`)
  // A late row is closed by the snapshot that brought it; it was never open.
  const closed = count(`closed_by = ${snapshotNo} AND snapshot_no <> ${snapshotNo}`)
  return countOf(
    db,
    `SELECT sum(least(a.n, b.n)) AS n FROM ${fresh} a JOIN ${closed} b ON ${sameKey(relation, 'a', 'b')}`,
  )
}
