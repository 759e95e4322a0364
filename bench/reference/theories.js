/** The theories that change a picture before it is measured (domain 1.5, "Theories"). */
import { TOLERANCE, WHOLE } from './amounts.js'
import { boundsOf, totalOf } from './degree.js'

export const THEORIES = ['fractional', 'whole-work', 'drop-impossible-provider', 'registered-administrator-binds']

/** @typedef {import('./claims.js').Provider} Provider */

/** Providers whose own claims exceed 100 percent are left out where another remains. @param {Provider[]} providers */
export function withoutImpossible(providers) {
  const possible = providers.filter(({ claims }) => totalOf(claims) <= WHOLE + TOLERANCE)
  return possible.length === 0 ? providers : possible
}

/**
 * Bounds under `registered-administrator-binds`: a licensed party that some provider names as administrator keeps its
 * ceiling, and every provider is read as if it said so and left the others what remains (decision 22).
 * @param {Provider[]} providers
 * @param {Map<string, import('./degree.js').Class>} classes
 * @returns {{claims: Map<string, number>[], bounds: import('./degree.js').Bounds}}
 */
export function withBindingAdministrators(providers, classes) {
  const claims = providers.map((provider) => provider.claims)
  const bounds = boundsOf(claims)
  const binding = [...bounds.hi.keys()].filter(
    (party) => classes.get(party) === 'L' && providers.some(({ administrators }) => administrators.has(party)),
  )
  if (binding.length === 0) return { claims, bounds }
  const ceilingOf = (party) => bounds.hi.get(party) ?? 0
  const left = Math.max(0, WHOLE - binding.reduce((total, party) => total + ceilingOf(party), 0))
  const read = claims.map((own) => {
    const others = [...own].filter(([party]) => !binding.includes(party))
    return new Map([
      ...others.map(([party, share]) => [party, Math.min(share, left)]),
      ...binding.map((party) => [party, ceilingOf(party)]),
    ])
  })
  const bound = boundsOf(read)
  for (const party of binding) bound.lo.set(party, ceilingOf(party))
  return { claims: read, bounds: bound }
}
