/** A feed and one of its snapshots, by the names that people give. */
import { NotFoundError } from '../errors.js'
import { nearestName } from '../model/text/near-miss.js'
import type { Evidence } from '../store/duckdb.js'

/** A snapshot of a feed; `snapshotNo` and `feedNo` are local to the evidence file. */
export interface FoundSnapshot {
  readonly feed: string
  readonly feedNo: number
  readonly snapshot: string
  readonly snapshotNo: number
  /** The feed's later deliveries replace whole units. */
  readonly byUnit: boolean
}

/** The number of a feed. Throws NotFoundError `unknown-feed` with the nearest name. */
export async function findFeed(db: Evidence, feed: string): Promise<{ feedNo: number; byUnit: boolean }> {
  const feeds = await db.rows('SELECT feed, feed_no, by_unit FROM feeds ORDER BY feed')
  const found = feeds.find((one) => one.feed === feed)
  if (found !== undefined) return { feedNo: Number(found.feed_no), byUnit: found.by_unit === true }
  const near = nearestName(
    feed,
    feeds.map((one) => String(one.feed)),
  )
  throw new NotFoundError(`There is no feed ${feed}.`, {
    code: 'unknown-feed',
    excerpt: feed,
    suggestions: [near === undefined ? 'List the feeds with `recital feed list`' : `Did you mean ${near}?`],
  })
}

/**
 * A snapshot of a feed by its id or the beginning of it, such as its day; without one, the last in order of receipt.
 * Throws NotFoundError `unknown-feed`, `unknown-snapshot` (also where several begin like that).
 */
export async function findSnapshot(db: Evidence, feed: string, id?: string): Promise<FoundSnapshot> {
  const { feedNo, byUnit } = await findFeed(db, feed)
  const snapshots = await db.rows(
    `SELECT snapshot, snapshot_no FROM snapshots WHERE feed_no = $feedNo
     ORDER BY received, published, sequence NULLS FIRST, content_sha256`,
    { feedNo },
  )
  const matching = id === undefined ? snapshots.slice(-1) : snapshots.filter((one) => begins(String(one.snapshot), id))
  const exact = matching.find((one) => one.snapshot === id) ?? (matching.length === 1 ? matching[0] : undefined)
  if (exact !== undefined) {
    return { feed, feedNo, byUnit, snapshot: String(exact.snapshot), snapshotNo: Number(exact.snapshot_no) }
  }
  throw new NotFoundError(
    matching.length === 0
      ? `The feed ${feed} has no snapshot ${id ?? ''}.`
      : `${matching.length} snapshots of ${feed} begin with ${id ?? ''}.`,
    {
      code: 'unknown-snapshot',
      ...(id === undefined ? {} : { excerpt: id }),
      examples: matching.slice(0, 5).map((one) => String(one.snapshot)),
      suggestions: [`List them with \`recital feed log ${feed}\``],
    },
  )
}

const begins = (snapshot: string, id: string): boolean => id !== '' && snapshot.startsWith(id)
