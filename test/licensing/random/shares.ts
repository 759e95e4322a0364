/** What one feed says about the shares in one of its works. */
import type { Cells } from '../deliveries.js'
import { type Context, someDates, someTerritories, weighted } from './options.js'
import type { Seed } from './tracks.js'
import type { Names } from './world.js'

const SPLITS: readonly (readonly string[])[] = [
  ...[['100'], ['50', '50'], ['60', '40'], ['75', '25'], ['40', '30', '25', '5'], ['33.33', '33.33', '33.33']],
  ...[
    ['33.34', '33.34', '33.34'],
    ['33.333333', '66.666667'],
    ['12.5', '37.5', '50'],
  ],
  // Incomplete.
  ...[['50'], ['37.5', '25'], ['10'], ['60', '20'], ['99.93'], ['99.94']],
  // Too much.
  ...[
    ['100', '100', '100'],
    ['60', '60'],
    ['100', '25', '25'],
    ['100.00', '0.07'],
    ['80', '20.06'],
    ['90', '70', '1'],
  ],
]

/** Shares that are none, or say nothing. */
const ODD = ['', '0', '-5', '150', '0.000000']

const KINDS = ['licensing', 'collection', 'ownership']

/** Kind and chain of a row: mostly one kind without chains, else owners and those who collect for them. */
function slices({ chance }: Context): () => Cells {
  const kind = weighted(chance, [6, 'licensing'], [2, 'collection'], [2, 'ownership'])
  if (!chance.oneIn(4)) return () => ({ share_kind: kind })
  return () => ({
    share_kind: KINDS[chance.below(KINDS.length)] ?? kind,
    chain: weighted(chance, [2, ''], [3, 'chain 1'], [3, 'chain 2']),
  })
}

function roleOf({ chance }: Context): Cells {
  const role = weighted(
    chance,
    [8, ''],
    [2, 'writer'],
    [2, 'publisher'],
    [3, 'administrator'],
    [1, 'income-participant'],
  )
  return role === '' ? {} : { role }
}

/** Rows that are not a plain claim of a party. */
function oddities({ chance, licensing, isDoubtful }: Context, party: () => string): Cells[] {
  const share = () => SPLITS[chance.below(SPLITS.length)]?.[0] ?? '10'
  const odd = ODD[chance.below(ODD.length)] ?? ''
  // Without licence data the rules leave open what a public-domain part is.
  const allowsPublicDomain = isDoubtful || licensing.length > 0
  return [
    ...(chance.oneIn(6) ? [{ party_id: '', share: share() }] : []),
    ...(chance.oneIn(5) ? [{ party_id: party(), share: odd }] : []),
    ...(allowsPublicDomain && chance.oneIn(7)
      ? [{ party_id: chance.oneIn(2) ? '' : party(), share: share(), status: 'public-domain' }]
      : []),
    ...(chance.oneIn(8) ? [{ party_id: party(), share: share(), share_kind: 'manuscript' }] : []),
  ]
}

/** The shares of one right in one work of one feed. */
function sharesOf(context: Context, names: Names, work_id: string, right: string): Seed[] {
  const { chance } = context
  const parties = [...names.parties.values()].flat()
  const party = (): string => parties[chance.below(parties.length)] ?? ''
  const slice = slices(context)
  const someEnd = (): Cells => (chance.oneIn(3) ? { valid_to: chance.oneIn(2) ? '' : '2020-01-01' } : {})
  const split = SPLITS[chance.below(SPLITS.length)] ?? []
  const first = chance.below(parties.length)
  const plain = split.map((share, place) => ({ party_id: parties[(first + place) % parties.length] ?? '', share }))
  return [...plain, ...oddities(context, party)].map((cells): Seed => {
    const more = { ...slice(), ...roleOf(context), ...someTerritories(context), ...someDates(context, true) }
    const row: Cells = { work_id, right, ...more, ...cells }
    return { relation: 'shares', row, changed: (now) => ({ ...now, share: split[0] ?? '10', ...someEnd() }) }
  })
}

/** All shares that one feed states. */
export function sharesIn(context: Context, names: Names): Seed[] {
  const { chance } = context
  return [...names.works.values()].flat().flatMap((work) => {
    if (chance.oneIn(8)) return []
    const rights = ['mech', ...(chance.oneIn(2) ? ['perf'] : [])]
    return rights.flatMap((right) => sharesOf(context, names, work, right))
  })
}
