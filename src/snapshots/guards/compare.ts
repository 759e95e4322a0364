/**
 * What differs between two deliveries of a relation, from their archives: what guards judge before anything is folded.
 * It counts as the fold does (rows by key and content), but compares deliveries and not what stands.
 */
import type { Relation } from '../../model/relations.js'
import { keyColumns, quoted, relationColumns } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { type ArchivedRelation, keyOf, stagedRows } from '../staged-rows.js'
import { shownKey } from './facts.js'
import fates from './fates.sql'

export interface Comparison {
  /** Different rows of the earlier delivery. */
  readonly base: number
  readonly created: number
  readonly updated: number
  readonly deleted: number
}

/** A relation's column that names owners, as SQL text; NULL without one. */
const ownerOf = (column: string | null): string => (column === null ? 'NULL::VARCHAR' : `${quoted(column)}::VARCHAR`)

/**
 * Compares two deliveries and leaves the temporary table `guard_changed`: one row per different row that only one of the
 * two has. Its columns: `side` (old, new), `fate` (updated, or deleted and created), `row_no` (place in its delivery, in
 * the order of the files), `key_hash`, `folded` (hash of the key without case and blanks), `rest` (hash of all that is
 * not the key; NULL where that tells too little to know a row by), `owner`, `shown` (the key for people).
 */
export async function compareDeliveries(
  db: Evidence,
  pair: {
    readonly old: ArchivedRelation
    readonly new: ArchivedRelation
    readonly feed: string
    readonly base: number
  },
  owner: string | null,
): Promise<Comparison> {
  const said = (archived: ArchivedRelation) =>
    `(SELECT row_no, subject, content_hi, content_lo FROM ${stagedRows(archived, pair.feed)} WHERE op IS NULL)`
  await db.run(
    `CREATE OR REPLACE TEMP TABLE guard_diff AS SELECT o.row_no AS old_row, n.row_no AS new_row
     FROM ${said(pair.old)} o FULL JOIN ${said(pair.new)} n
       ON o.subject = n.subject AND o.content_hi = n.content_hi AND o.content_lo = n.content_lo
     WHERE o.row_no IS NULL OR n.row_no IS NULL`,
  )
  await db.run(
    `CREATE OR REPLACE TEMP TABLE guard_sides AS
     ${changedRows('old', pair.old, pair.feed, owner)} UNION ALL ${changedRows('new', pair.new, pair.feed, owner)}`,
  )
  await db.run(`CREATE OR REPLACE TEMP TABLE guard_changed AS ${fates}`)
  const [counts] = await db.rows(
    `SELECT count(*) FILTER (fate = 'created') AS created, count(*) FILTER (side = 'old' AND fate = 'updated') AS updated,
       count(*) FILTER (fate = 'deleted') AS deleted FROM guard_changed`,
  )
  return {
    base: pair.base,
    created: Number(counts?.created ?? 0),
    updated: Number(counts?.updated ?? 0),
    deleted: Number(counts?.deleted ?? 0),
  }
}

/** Rows of a side that the other does not have, equal ones once. */
function changedRows(side: 'old' | 'new', archived: ArchivedRelation, feed: string, owner: string | null): string {
  const { relation } = archived
  return `SELECT '${side}' AS side, row_no, hash(${keyOf(relation).join(', ')}) AS key_hash, ${folded(relation)} AS folded,
      ${rest(relation)} AS rest, ${ownerOf(owner)} AS owner, ${shownKey(relation)} AS shown, content_hi, content_lo
    FROM ${stagedRows(archived, feed)} WHERE row_no IN (SELECT ${side}_row FROM guard_diff WHERE ${side}_row IS NOT NULL)
    QUALIFY row_no = min(row_no) OVER (PARTITION BY subject, content_hi, content_lo)`
}

const folded = (relation: Relation): string =>
  `hash(${keyColumns(relation)
    .map((name) => `lower(regexp_replace(${quoted(name)}::VARCHAR, '\\s', '', 'g'))`)
    .join(', ')})`

/** So many columns besides the key must have a value for a row to be known by them. */
const TELLING = 2

function rest(relation: Relation): string {
  const key = keyColumns(relation)
  const others = relationColumns(relation).filter(({ name, counts }) => counts && !key.includes(name))
  if (others.length < TELLING) return 'NULL::UBIGINT'
  const values = others.map(({ name }) => quoted(name))
  const filled = values.map((value) => `(${value} IS NOT NULL)::INTEGER`).join(' + ')
  return `CASE WHEN ${filled} >= ${TELLING} THEN hash(${values.join(', ')}) END`
}
