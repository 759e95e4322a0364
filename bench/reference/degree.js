/** Steps 1, 2 and 4 of domain 1.5, as its pseudo-code has them. All amounts in millionths of a percent. */
import { TOLERANCE, WHOLE } from './amounts.js'

/** @typedef {'L' | 'PD' | 'N' | 'Qu' | 'Qd'} Class */
/** @typedef {Map<string, number>[]} Claims for each provider: party to share */
/** @typedef {{lo: Map<string, number>, hi: Map<string, number>, complete: boolean}} Bounds */

const sum = (numbers) => numbers.reduce((total, next) => total + next, 0)

/** S_p. @param {Map<string, number>} claims */
export const totalOf = (claims) => sum([...claims.values()])

/** What is left of 100 percent. */
const roomOf = (claims) => Math.max(0, WHOLE - totalOf(claims))

const partiesOf = (providers) => [...new Set(providers.flatMap((claims) => [...claims.keys()]))]

/** Steps 1 and 2. @param {Claims} providers @returns {Bounds} */
export function boundsOf(providers) {
  const parties = partiesOf(providers)
  const lo = new Map()
  const hi = new Map()
  const spoken = new Map()
  for (const party of parties) {
    const naming = providers.filter((claims) => claims.has(party))
    const silent = providers.filter((claims) => !claims.has(party))
    const floors = naming.map((claims) => {
      const excess = totalOf(claims) > WHOLE + TOLERANCE ? totalOf(claims) - WHOLE : 0
      return Math.max(0, (claims.get(party) ?? 0) - excess)
    })
    const ceilings = naming.map((claims) => Math.min(WHOLE, claims.get(party) ?? 0))
    lo.set(party, Math.min(...floors, ...silent.map(roomOf)))
    hi.set(party, Math.max(...ceilings))
    spoken.set(party, Math.min(...ceilings))
  }
  const joint = sum([...spoken.values()])
  const complete = providers.some((claims) => totalOf(claims) >= WHOLE - TOLERANCE) || joint >= WHOLE - TOLERANCE
  if (joint > WHOLE + TOLERANCE) {
    for (const party of parties) {
      lo.set(party, Math.min(lo.get(party), Math.max(0, spoken.get(party) - (joint - WHOLE))))
    }
  }
  return { lo, hi, complete }
}

/**
 * Step 4: what is guaranteed to the parties of some classes taken as one class.
 * @param {Claims} providers
 * @param {Bounds} bounds
 * @param {(party: string) => boolean} isIn whether a party is of these classes
 */
export function massOf(providers, { lo, hi, complete }, isIn) {
  const parties = [...hi.keys()]
  const inside = parties.filter(isIn)
  const outside = parties.filter((party) => !isIn(party))
  const ceilings = (some) => sum(some.map((party) => hi.get(party) ?? 0))
  const floors = sum(inside.map((party) => lo.get(party) ?? 0))
  const top = Math.min(WHOLE, ceilings(parties))
  let mass = complete ? Math.max(floors, top - ceilings(outside), 0) : floors
  for (const claims of providers) {
    const stated = sum(inside.map((party) => Math.min(WHOLE, claims.get(party) ?? 0)))
    const omitted = (some) => ceilings(some.filter((party) => !claims.has(party)))
    const left = Math.max(0, roomOf(claims) - omitted(outside))
    mass = Math.min(mass, stated + Math.min(omitted(inside), left))
  }
  return mass
}

/**
 * Step 4 and the result: the five buckets, and `cleared`.
 * @param {Claims} providers
 * @param {Bounds} bounds
 * @param {Map<string, Class>} classes of every party
 */
export function bucketsOf(providers, bounds, classes) {
  const mass = (...some) => massOf(providers, bounds, (party) => some.includes(classes.get(party)))
  const ceilings = sum([...bounds.hi.values()])
  const unclaimed = bounds.complete ? 0 : Math.max(0, WHOLE - ceilings)
  const licensed = mass('L')
  const exempt = mass('PD')
  const unlicensed = mass('N')
  const unknown = mass('Qu') + unclaimed
  const disputed = mass('Qd')
  // Above 100 only within the tolerance: three claims of 33.34.
  const rest = Math.max(0, WHOLE - licensed - exempt - unlicensed - unknown - disputed)
  return { licensed, exempt, unlicensed, unknown, disputed: disputed + rest, cleared: mass('L', 'PD') }
}
