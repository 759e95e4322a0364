/** Digests of deliveries, by which one that comes again is recognised before it is read. */
import type { Evidence } from '../duckdb.js'
import sql from './delivery-digests.sql'

/** Makes the table where it is missing. */
export const createDeliveryDigests = (db: Evidence): Promise<number> => db.run(sql)

/** Keeps the digest of a snapshot in place of the one before: what counts is how it was ingested last. */
export async function recordDeliveryDigest(db: Evidence, snapshotNo: number, digest: string): Promise<void> {
  await db.run(`DELETE FROM delivery_digests WHERE snapshot_no = ${snapshotNo}`)
  await db.run(`INSERT INTO delivery_digests VALUES (${snapshotNo}, $digest)`, { digest })
}

/** By number of the snapshot; none in evidence of an older program. */
export async function loadDeliveryDigests(db: Evidence): Promise<Map<number, string>> {
  const tables = await db.rows(`SELECT 1 AS n FROM duckdb_tables() WHERE table_name = 'delivery_digests'`)
  if (tables.length === 0) return new Map()
  const rows = await db.rows('SELECT snapshot_no, digest FROM delivery_digests')
  return new Map(rows.map(({ snapshot_no, digest }) => [Number(snapshot_no), String(digest)]))
}
