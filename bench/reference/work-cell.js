/** One work of the recording at one cell: the five buckets, what each party has, and why (domain 1.5). */
import { WHOLE } from './amounts.js'
import { claimsAt } from './claims.js'
import { boundsOf, bucketsOf } from './degree.js'
import { classesAt, isWholeRight } from './licences.js'
import { withBindingAdministrators, withoutImpossible } from './theories.js'

/**
 * @typedef {object} Buckets millionths of a percent
 * @property {number} licensed
 * @property {number} exempt
 * @property {number} unlicensed
 * @property {number} unknown
 * @property {number} disputed
 * @property {number} cleared `L` and `PD` taken as one class
 * @property {number} atMost
 *
 * @typedef {object} PartyBounds
 * @property {string} party
 * @property {import('./degree.js').Class} class
 * @property {number} floor
 * @property {number} ceiling
 * @property {{feed: string, share: number}[]} claims
 *
 * @typedef {Buckets & {reason: string | null, kind: string | null, parties: PartyBounds[]}} WorkCell
 */

const withAtMost = (buckets) => ({ ...buckets, atMost: WHOLE - buckets.unlicensed - buckets.exempt })

/** Nothing is known about all of it. */
export const allUnknown = (reason) => ({
  ...withAtMost({ licensed: 0, exempt: 0, unlicensed: 0, unknown: WHOLE, disputed: 0, cleared: 0 }),
  reason,
})

/** All that is not exempt is licensed, whatever the claims. */
export const allLicensed = (exempt) => ({
  ...withAtMost({ licensed: WHOLE - exempt, exempt, unlicensed: 0, unknown: 0, disputed: 0, cleared: WHOLE }),
  reason: null,
})

/** Overrides (a) and (c), the lack of licence data, then the measured buckets. */
function resultOf(view, cell, { work, recording, kind, measured }) {
  if (isWholeRight(view, cell, work, recording)) return allLicensed(measured.exempt)
  if (kind === undefined) return allUnknown('no-data')
  if (!view.hasLicenceData(cell.right)) return allUnknown('no-licence-data')
  return { ...withAtMost(measured), reason: null }
}

function partiesOf(providers, bounds, classes) {
  return [...bounds.hi].map(([party, ceiling]) => ({
    party,
    class: classes.get(party),
    floor: bounds.lo.get(party),
    ceiling,
    claims: providers.flatMap(({ feed, claims }) =>
      claims.has(party) ? [{ feed, share: claims.get(party) ?? 0 }] : [],
    ),
  }))
}

/** The cell with all partial share dates at their first or at their last possible day. @returns {WorkCell} */
function readCell(view, cell, work, recording, reading) {
  const claimed = claimsAt(view.works.get(work) ?? [], view.identity, cell, reading)
  const has = (theory) => cell.theories.includes(theory)
  const providers = has('drop-impossible-provider') ? withoutImpossible(claimed.providers) : claimed.providers
  const classes = classesAt(view, cell, { work, recording, providers })
  const plain = providers.map(({ claims }) => claims)
  const { claims, bounds } = has('registered-administrator-binds')
    ? withBindingAdministrators(providers, classes)
    : { claims: plain, bounds: boundsOf(plain) }
  const measured = bucketsOf(claims, bounds, classes)
  const result = resultOf(view, cell, { work, recording, kind: claimed.kind, measured })
  return { ...result, kind: claimed.kind ?? null, parties: partiesOf(providers, bounds, classes) }
}

const SMALLER = ['licensed', 'exempt', 'unlicensed', 'disputed', 'cleared']

const sameBuckets = (one, other) => [...SMALLER, 'unknown', 'atMost'].every((name) => one[name] === other[name])

/** The smaller of what is certain, the larger of what is possible, the rest unknown (1.5, item 6). */
function bucketsOfBoth(one, other) {
  const smaller = Object.fromEntries(SMALLER.map((name) => [name, Math.min(one[name], other[name])]))
  const { licensed, exempt, unlicensed, disputed } = smaller
  const unknown = Math.max(0, WHOLE - licensed - exempt - unlicensed - disputed)
  return { ...smaller, unknown, atMost: Math.max(one.atMost, other.atMost) }
}

/** A party that only one reading knows has nothing under the other. */
function partiesOfBoth(one, other) {
  const names = [...new Set([...one, ...other].map(({ party }) => party))]
  return names.map((name) => {
    const found = [one, other].flatMap((parties) => parties.filter(({ party }) => party === name))
    const [first] = found
    const floors = found.map(({ floor }) => floor)
    return {
      ...first,
      floor: found.length < 2 ? 0 : Math.min(...floors),
      ceiling: Math.max(...found.map(({ ceiling }) => ceiling)),
    }
  })
}

/**
 * @param {import('./view.js').View} view
 * @param {{right: string, territory: string, on: string, theories: string[]}} cell
 * @param {string} work
 * @param {string} recording
 * @returns {WorkCell}
 */
export function workCell(view, cell, work, recording) {
  const first = readCell(view, cell, work, recording, 'first')
  const last = readCell(view, cell, work, recording, 'last')
  const parties = partiesOfBoth(first.parties, last.parties)
  if (sameBuckets(first, last)) return { ...first, kind: first.kind ?? last.kind, parties }
  return { ...bucketsOfBoth(first, last), reason: 'partial-date', kind: first.kind ?? last.kind, parties }
}
