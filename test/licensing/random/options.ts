/** What a batch of random pictures is made from. */
import type { Chance } from '../../fuzz/chance.js'

export interface PictureOptions {
  /** The same options give the same batch. */
  readonly seed: number
  /** Pictures in the batch; they share feeds and dates, but no work, recording, party or code. */
  readonly worlds: number
  /** Cells asked of each. */
  readonly cells: number
  /**
   * Also what the rules leave to the reader: groups named by several feeds, repertoires of whole works without a list,
   * partial dates of links and affiliations, weights that nearly sum to 1, and the like (see `bench/reference/README.md`).
   */
  readonly doubtful?: boolean
}

/** What the parts of the generator are given. */
export interface Context {
  readonly chance: Chance
  readonly isDoubtful: boolean
  /** Feeds that state works and shares. */
  readonly providers: readonly string[]
  /** Feeds that state licences; none in a batch without licence data. */
  readonly licensing: readonly string[]
}

/** One of a few, each as likely as its weight says. */
export function weighted<T>(chance: Chance, ...choices: readonly [weight: number, choice: T][]): T {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0)
  let left = chance.below(total)
  for (const [weight, choice] of choices) {
    left -= weight
    if (left < 0) return choice
  }
  throw new Error('no choice')
}

const FULL_DATES = ['2015-01-01', '2018-01-01', '2018-07-01', '2019-01-01', '2019-06-01', '2020-01-01', '2021-01-01']
const PARTIAL_DATES = ['2018', '2019', '2018-06', '2019-06', '2020']

type Dates = { readonly valid_from?: string; readonly valid_to?: string }

/** Mostly no dates, else one or both, in order; `partial` ones now and then. */
export function someDates({ chance }: Context, allowPartial: boolean): Dates {
  if (!chance.oneIn(4)) return {}
  const pool = allowPartial && chance.oneIn(2) ? PARTIAL_DATES : FULL_DATES
  const date = () => pool[chance.below(pool.length)] ?? ''
  const [from = '', to = ''] = [date(), date()].sort()
  // Two partial dates whose days overlap have readings that the rules do not order.
  const isOverlapping = from.slice(0, 4) === to.slice(0, 4)
  if (chance.oneIn(2)) return { valid_from: from }
  return isOverlapping || chance.oneIn(2) ? { valid_to: to } : { valid_from: from, valid_to: to }
}

const TERRITORIES = [
  ...['WORLD', 'FR', 'FR|DE', 'US', 'WORLD|!DE|!AT', '!US', '!FR|!GB'],
  ...['2123', '2123|!FR', '2136', '2120', '2130|FR', '0250', '276', 'FR|!FR', 'QQ', 'FR|QQ', 'KY|FR|US', '2121|GB'],
]

/** Mostly the world. */
export const someTerritories = ({ chance }: Context): { readonly territories?: string } =>
  chance.oneIn(4) ? { territories: TERRITORIES[chance.below(TERRITORIES.length)] ?? '' } : {}
