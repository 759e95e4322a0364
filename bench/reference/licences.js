/** Step 3 of domain 1.5: the coverage class of each party at a cell, from the licences in force. */
import { PUBLIC_DOMAIN } from './claims.js'
import { force } from './dates.js'
import { isIn } from './territories.js'

/** @typedef {import('./degree.js').Class} Class */
/** @typedef {'L' | 'Qd' | 'Qu'} Strength what a licence makes of the parties that it covers */

/** The first that applies. */
const ORDER = ['L', 'Qd', 'Qu']

/** @param {(Strength | undefined)[]} strengths @returns {Strength | undefined} */
const strongest = (strengths) => ORDER.find((strength) => strengths.includes(strength))

/**
 * Whether a repertoire holds the work or the recording.
 * @returns {'proven' | 'unproven' | 'disputed' | 'no'}
 */
function membership(licence, { identity, work, recording }) {
  const text = licence.repertoire.toLowerCase()
  if (text === 'unproven' || (text === '' && licence.coverage !== 'whole-right')) return 'unproven'
  if (text === 'disputed') return 'disputed'
  if (text === 'all' || text === '') return 'proven'
  const items = licence.repertoire.split('|').map((item) => item.trim())
  const isListed = items.some(
    (item) =>
      identity.of('work', licence.feed, item) === work || identity.of('recording', licence.feed, item) === recording,
  )
  return isListed ? 'proven' : 'no'
}

/** What a licence makes of those that it covers; in force under only some readings of its dates it proves nothing. */
function strengthOf(member, inForce) {
  if (member === 'no') return undefined
  if (member === 'unproven' || inForce === 'possible') return 'Qu'
  return member === 'disputed' ? 'Qd' : 'L'
}

/**
 * The licences and affiliations that matter at a cell.
 * @param {import('./view.js').View} view
 * @param {{right: string, territory: string, on: string}} cell
 * @param {string | undefined} work
 * @param {string} recording
 */
function licencesAt(view, { right, territory, on }, work, recording) {
  return view.licences
    .filter(
      (licence) => licence.right === right && force(licence, on) !== 'no' && isIn(licence.territories, territory, on),
    )
    .map((licence) => ({
      ...licence,
      strength: strengthOf(membership(licence, { identity: view.identity, work, recording }), force(licence, on)),
    }))
    .filter(({ strength }) => strength !== undefined)
}

/** Which parties a licensor stands for: itself certainly, and those that it represents. @returns {Map<string, 'certain' | 'possible'>} */
function representedBy(view, licensor, { right, territory, on }) {
  const parties = new Map([[licensor, 'certain']])
  for (const affiliation of view.affiliations) {
    if (affiliation.licensor !== licensor || affiliation.right !== right) continue
    const inForce = force(affiliation, on)
    if (inForce === 'no' || !isIn(affiliation.territories, territory, on)) continue
    if (parties.get(affiliation.party) !== 'certain') parties.set(affiliation.party, inForce)
  }
  return parties
}

/**
 * What one licence makes of each claimant that it covers.
 * @param {import('./view.js').View} view
 * @param {{right: string, territory: string, on: string, theories: string[]}} cell
 * @param {string[]} claimants
 * @returns {(party: string) => Strength | undefined}
 */
function effectOf(view, cell, claimants, { coverage, licensor, repertoire, strength }) {
  if (coverage === 'whole-right') return () => strength
  const isByWork = coverage === 'by-work'
  const isWholeWork = isByWork && cell.theories.includes('whole-work')
  if (licensor === null) {
    if (!isByWork) return () => undefined
    return () => (isWholeWork ? strength : 'Qu')
  }
  const represented = representedBy(view, licensor, cell)
  if (isWholeWork) {
    // A list names its works. Any other repertoire is the licensor's own: works in which it has a claim (decision 19).
    const isList = !['', 'all', 'unproven', 'disputed'].includes(repertoire.toLowerCase())
    const covers = isList || claimants.some((claimant) => represented.has(claimant))
    return () => (covers ? strength : undefined)
  }
  return (party) => {
    if (!represented.has(party)) return undefined
    return represented.get(party) === 'certain' ? strength : 'Qu'
  }
}

/**
 * The class of every claimant at a cell.
 * @param {import('./view.js').View} view
 * @param {{right: string, territory: string, on: string, theories: string[]}} cell
 * @param {{work: string, recording: string, providers: import('./claims.js').Provider[]}} picture
 * @returns {Map<string, Class>}
 */
export function classesAt(view, cell, { work, recording, providers }) {
  const claimants = [...new Set(providers.flatMap(({ claims }) => [...claims.keys()]))]
  const effects = licencesAt(view, cell, work, recording).map((licence) => effectOf(view, cell, claimants, licence))
  return new Map(
    claimants.map((party) => {
      if (party === PUBLIC_DOMAIN) return [party, 'PD']
      const effect = strongest(effects.map((effect) => effect(party)))
      if (effect !== undefined) return [party, effect]
      const feeds = providers.filter(({ claims }) => claims.has(party)).map(({ feed }) => feed)
      const isComparable = view.identity.hasCode(party) || feeds.some((feed) => view.feedsWithLicences.has(feed))
      return [party, view.hasLicenceData(cell.right) && isComparable ? 'N' : 'Qu']
    }),
  )
}

/** Whether a whole-right licence covers the cell for certain. */
export const isWholeRight = (view, cell, work, recording) =>
  licencesAt(view, cell, work, recording).some(
    ({ coverage, strength }) => coverage === 'whole-right' && strength === 'L',
  )

/** What the licences of the recording itself say: the right `master` has neither works nor shares (override e). */
export const masterStrength = (view, cell, recording) =>
  strongest(licencesAt(view, cell, undefined, recording).map(({ strength }) => strength))
