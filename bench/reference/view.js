/** What is known at K, arranged so that a cell finds its rows: by work and by recording, whatever the feed calls them. */
import { Identity } from './identity.js'
import { knownAt } from './knowledge.js'

/**
 * @typedef {object} View
 * @property {boolean} isEmpty nothing had been received
 * @property {Identity} identity
 * @property {Map<string, {feed: string, rows: Record<string, any>[]}[]>} works work to each feed's share rows for each of its works
 * @property {Map<string, {feed: string, rows: Record<string, any>[]}[]>} links recording to each feed's links of each of its recordings
 * @property {Set<string>} recordings recordings that are named in a row of their own or in a link
 * @property {Record<string, any>[]} licences with their feed; `licensor` is the party
 * @property {Record<string, any>[]} affiliations with their feed; `party` and `licensor` are parties
 * @property {Record<string, any>[]} weights rows of right_weights
 * @property {Set<string>} feedsWithLicences
 * @property {(right: string) => boolean} hasLicenceData
 */

/** Rows of all feeds by the thing that a column names, kept apart by feed and by what the feed calls it. */
function byThing(feeds, identity, relation, kind) {
  /** @type {Map<string, Map<string, {feed: string, rows: Record<string, any>[]}>>} */
  const things = new Map()
  for (const [feed, relations] of feeds) {
    for (const row of relations[relation]) {
      const thing = identity.of(kind, feed, row[kind])
      const voice = `${feed} ${identity.reference(kind, feed, row[kind])}`
      const voices = things.get(thing) ?? new Map()
      things.set(thing, voices)
      const { rows } = voices.get(voice) ?? { rows: [] }
      voices.set(voice, { feed, rows: [...rows, row] })
    }
  }
  return new Map([...things].map(([thing, voices]) => [thing, [...voices.values()]]))
}

const withFeed = (feeds, relation) =>
  [...feeds].flatMap(([feed, relations]) => relations[relation].map((row) => ({ ...row, feed })))

/** Rows with the parties that they name in place of the feed's references to them. */
const withParties = (rows, identity, columns) =>
  rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      columns.map((column) => [column, row[column] === null ? null : identity.of('party', row.feed, row[column])]),
    ),
  }))

/**
 * @param {import('./deliveries.js').Snapshot[]} snapshots
 * @param {string} known
 * @returns {View}
 */
export function viewAt(snapshots, known) {
  const { isEmpty, feeds, hasLicenceData } = knownAt(snapshots, known)
  const identity = new Identity({ feeds })
  const links = byThing(feeds, identity, 'links', 'recording')
  const named = withFeed(feeds, 'recordings').map(({ feed, id }) => identity.of('recording', feed, id))
  const licences = withParties(withFeed(feeds, 'licences'), identity, ['licensor'])
  return {
    isEmpty,
    identity,
    works: byThing(feeds, identity, 'shares', 'work'),
    links,
    recordings: new Set([...named, ...links.keys()]),
    licences,
    affiliations: withParties(withFeed(feeds, 'affiliations'), identity, ['party', 'licensor']),
    weights: withFeed(feeds, 'right_weights'),
    feedsWithLicences: new Set(licences.map(({ feed }) => feed)),
    hasLicenceData,
  }
}
