/** Territory sets written in the fewest codes. */
import { coverageOn, resolveTerritory } from './codes.js'
import { TerritorySet } from './territory-set.js'

/** Written for the empty set, for which the tables have no code; reads back as an unknown code that covers nothing. */
export const NO_TERRITORY = 'NONE'

/** Bases that mean the same on every date; earlier ones win when both need as many codes. */
const BASES: readonly (readonly [text: string, set: TerritorySet])[] = [
  ['WORLD', TerritorySet.WORLD],
  ['2136', coverageOn(resolveTerritory('2136'), null)],
]

/**
 * A set as a territory text that covers exactly it on every date: `WORLD`, `2136` (every TIS country), either of them
 * with countries added and `!` excluded, or a plain list, whichever has the fewest codes; countries in alphabetical
 * order. One text per set; `NONE` for the empty set, never the empty text, which would mean WORLD.
 */
export function formatTerritories(set: TerritorySet): string {
  if (set.isEmpty()) return NO_TERRITORY
  const candidates = BASES.map(([text, base]) => [
    text,
    ...set.subtract(base).codes(),
    ...base
      .subtract(set)
      .codes()
      .map((code) => `!${code}`),
  ])
  return [...candidates, set.codes()].reduce((best, next) => (next.length < best.length ? next : best)).join('|')
}
