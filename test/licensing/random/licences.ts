/** What a feed says about licences: of one picture, and of all of them. */
import type { Cells } from '../deliveries.js'
import { ipiNameOf, isrcOf, iswcOf } from '../numbers.js'
import { type Context, someDates, someTerritories, weighted } from './options.js'
import type { Seed } from './tracks.js'
import type { Names, World } from './world.js'

/** The number of a world's society, no party of its own. */
const societyOf = ({ number }: World): string => ipiNameOf(500_000 + number)

/** Some works or recordings of the world, by the feed's ids or by their codes. */
function listOf({ chance }: Context, world: World, names: Names, isMaster: boolean): string {
  const own = isMaster ? names.recordings : names.works
  const item = (): string => {
    const numbers = isMaster || chance.oneIn(6) ? world.recordings : world.works
    const number = numbers[chance.below(numbers.length)] ?? 0
    const code = numbers === world.recordings ? isrcOf(number) : iswcOf(number)
    const ids = numbers === world.recordings ? names.recordings.get(number) : own.get(number)
    return chance.oneIn(2) ? (ids?.[0] ?? code) : code
  }
  return Array.from({ length: 1 + chance.below(2) }, item).join('|')
}

/** A licence's coverage with licensor and repertoire, which must fit together. */
function termsOf(context: Context, world: World, names: Names, right: string): Cells {
  const { chance, isDoubtful } = context
  const list = listOf(context, world, names, right === 'master')
  const parties = [...[...names.parties.values()].flat(), societyOf(world)]
  const licensor_party_id = parties[chance.below(parties.length)] ?? ''
  const open = weighted(chance, [9, 'all'], [1, 'unproven'], [1, 'disputed'], [1, ''])
  // Without a list a licence of recordings would reach those of every other picture.
  if (right === 'master') return { coverage: 'by-claim', licensor_party_id, repertoire: list }
  const coverage = weighted(chance, [7, 'by-claim'], [2, 'by-work'], [1, 'whole-right'])
  if (coverage === 'whole-right') return { coverage, licensor_party_id: '', repertoire: list }
  if (coverage === 'by-work') {
    const hasLicensor = !chance.oneIn(3)
    const repertoire = isDoubtful && hasLicensor && chance.oneIn(3) ? open : list
    return { coverage, licensor_party_id: hasLicensor ? licensor_party_id : '', repertoire }
  }
  return { coverage, licensor_party_id, repertoire: chance.oneIn(4) ? list : open }
}

/** The licences of a world that one feed states. */
export function licencesIn(context: Context, world: World, names: Names): Seed[] {
  const { chance } = context
  return Array.from({ length: chance.below(6) }, (_, place): Seed => {
    const right = weighted(chance, [7, 'mech'], [2, 'perf'], [1, 'master'])
    const dates = (): Cells => someDates(context, true)
    const row: Cells = {
      licence_id: `${names.feed}-l${world.number}-${place}`,
      right,
      ...termsOf(context, world, names, right),
      ...someTerritories(context),
      ...dates(),
    }
    return { relation: 'licences', row, changed: (now) => ({ ...now, valid_from: '', valid_to: '', ...dates() }) }
  })
}

/** Parties of a world that its society represents. */
export function affiliationsIn(context: Context, world: World, names: Names): Seed[] {
  const { chance, isDoubtful } = context
  if (!chance.oneIn(3)) return []
  const parties = [...names.parties.values()].flat()
  return Array.from({ length: 1 + chance.below(2) }, (): Seed => {
    const row = {
      party_id: parties[chance.below(parties.length)] ?? '',
      licensor_party_id: societyOf(world),
      right: weighted(chance, [3, 'mech'], [1, 'perf']),
      ...someTerritories(context),
      ...someDates(context, isDoubtful),
    }
    return { relation: 'affiliations', row }
  })
}

/** What holds for every picture of the batch: a licence that is always there, now and then a blanket licence, weights. */
export function licencesOfAll(context: Context, feed: string): Seed[] {
  const { chance } = context
  const always = (relation: string, row: Cells): Seed => ({ relation, row, isFixed: true })
  const blanket = {
    licence_id: `${feed}-blanket`,
    right: 'mech',
    coverage: 'whole-right',
    licensor_party_id: '',
    territories: 'US',
    valid_from: '2021-01-01',
    repertoire: weighted(chance, [4, ''], [1, 'all'], [1, 'disputed'], [1, 'unproven']),
  }
  const masters = {
    licence_id: `${feed}-masters`,
    right: 'master',
    coverage: 'by-claim',
    licensor_party_id: ipiNameOf(900_001),
    territories: 'DE',
    repertoire: weighted(chance, [1, 'unproven'], [1, 'disputed'], [context.isDoubtful ? 1 : 0, 'all']),
  }
  return [
    // So that a feed that has licences has them in each of its full deliveries, whatever the pictures do.
    always('licences', {
      licence_id: `${feed}-anchor`,
      right: 'mech',
      coverage: 'by-claim',
      licensor_party_id: ipiNameOf(900_002),
      repertoire: 'all',
    }),
    ...(chance.oneIn(3) ? [always('licences', blanket)] : []),
    ...(chance.oneIn(6) ? [always('licences', masters)] : []),
    always('right_weights', { territories: '2123', mech: '0.5', perf: '0.5', valid_to: '2020-01-01' }),
    always('right_weights', { territories: '2123', mech: '0.25', perf: '0.75', valid_from: '2020-01-01' }),
  ]
}
