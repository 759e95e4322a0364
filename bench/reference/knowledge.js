/** What stands at K: which rows of each feed are its content as known then (domain 3.1). */
import { dayOfInstant, endOfDay } from './dates.js'
import { RELATION_NAMES } from './deliveries.js'

/** @typedef {import('./deliveries.js').Snapshot} Snapshot */

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/** Speaking order: publication, receipt, sequence, content. @param {Snapshot[]} snapshots */
export const inSpeakingOrder = (snapshots) =>
  [...snapshots].sort(
    (a, b) =>
      compare(a.published, b.published) ||
      compare(a.received, b.received) ||
      compare(a.sequence, b.sequence) ||
      compare(a.digest, b.digest),
  )

/**
 * The rows of one relation of one feed: the last full snapshot, then the deltas after it, key by key.
 * @param {Snapshot[]} snapshots of the feed, received by K, in speaking order
 * @param {string} name
 * @returns {Record<string, any>[]} the facts of each row; equal rows of a key once, differing ones all
 */
function standing(snapshots, name) {
  /** @type {Map<string, Map<string, Record<string, any>>>} key, then content */
  let rowsByKey = new Map()
  for (const { relations } of snapshots) {
    const relation = relations.get(name)
    if (relation === undefined) continue
    if (relation.isComplete) rowsByKey = new Map()
    else for (const { key } of relation.rows) rowsByKey.delete(key)
    for (const { key, isDeleted, facts } of relation.rows) {
      if (isDeleted) continue
      if (!rowsByKey.has(key)) rowsByKey.set(key, new Map())
      rowsByKey.get(key)?.set(JSON.stringify(facts), facts)
    }
  }
  return [...rowsByKey.values()].flatMap((rows) => [...rows.values()])
}

/** The days on which something was received, in order. @param {Snapshot[]} snapshots */
export const receiptDays = (snapshots) => [...new Set(snapshots.map(({ received }) => dayOfInstant(received)))].sort()

/**
 * The rights for which licence data had been received: a licence row for the right, or the licences of a full snapshot,
 * even an empty file (1.5 step 3).
 * @param {Snapshot[]} received
 * @returns {(right: string) => boolean}
 */
function licenceData(received) {
  const relations = received.flatMap((snapshot) => snapshot.relations.get('licences') ?? [])
  const rights = new Set(
    relations.flatMap(({ rows }) => rows.filter((row) => !row.isDeleted).map(({ facts }) => facts.right)),
  )
  const isFile = relations.some(({ isFileOfFull }) => isFileOfFull)
  return (right) => isFile || rights.has(right)
}

/**
 * @typedef {object} Known what is known at K
 * @property {boolean} isEmpty nothing had been received
 * @property {Map<string, Record<string, Record<string, any>[]>>} feeds feed to relation to rows
 * @property {(right: string) => boolean} hasLicenceData
 */

/**
 * @param {Snapshot[]} snapshots all of them, of all feeds
 * @param {string} known a day: all that was received by its end, UTC
 * @returns {Known} throws when the day is after the last receipt
 */
export function knownAt(snapshots, known) {
  const last = receiptDays(snapshots).at(-1)
  if (last === undefined || known > last) throw new Error(`data ends ${last}: nothing is known about ${known}`)
  const received = snapshots.filter((snapshot) => snapshot.received < endOfDay(known))
  const feeds = new Map()
  for (const feed of new Set(received.map((snapshot) => snapshot.feed))) {
    const own = inSpeakingOrder(received.filter((snapshot) => snapshot.feed === feed))
    feeds.set(feed, Object.fromEntries(RELATION_NAMES.map((name) => [name, standing(own, name)])))
  }
  return { isEmpty: received.length === 0, feeds, hasLicenceData: licenceData(received) }
}
