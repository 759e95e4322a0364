/** The plan of a catalogue: everything that is decided before the first row is written. */
import { type Delivery, deliveriesOf } from './calendar.js'
import { type ClaimPlan, claimsOf } from './claims.js'
import { type Feed, feedsOf, type Masks, masksOf } from './feeds.js'
import { mixed, type Shuffle, shuffle, shuffleBeside } from './shuffle.js'
import { type Sizes, sizesOf } from './sizes.js'
import { type StreamPlan, streamsOf } from './streams.js'

export interface Parameters {
  readonly tracks: number
  readonly seed: number
  readonly snapshots: number
  readonly providers: number
  readonly format: 'tables' | 'bwarm'
}

export interface Plan extends Parameters {
  readonly feeds: readonly Feed[]
  readonly masks: Masks
  readonly sizes: Sizes
  readonly claims: ClaimPlan
  readonly streams: StreamPlan
  readonly deliveries: readonly Delivery[]
  /** Below 2^62: what every draw is mixed with. */
  readonly seedKey: bigint
  readonly shuffles: {
    readonly tailWorks: Shuffle
    readonly hitWorks: Shuffle
    /** Which tail recordings are of one work, of several, or unmatched. */
    readonly kinds: Shuffle
    /** Their order by streams. */
    readonly ranks: Shuffle
  }
}

/** The plan for checked parameters; the same for the same parameters. */
export function planOf(parameters: Parameters): Plan {
  const feeds = feedsOf(parameters.providers)
  const masks = masksOf(feeds)
  const sizes = sizesOf(parameters.tracks, parameters.snapshots, feeds)
  const seed = BigInt(parameters.seed)
  const kinds = shuffle(sizes.tailRecordings, seed, 3)
  return {
    ...parameters,
    feeds,
    masks,
    sizes,
    claims: claimsOf(sizes, feeds, masks),
    streams: streamsOf(sizes),
    deliveries: deliveriesOf(feeds, parameters.snapshots),
    seedKey: mixed(seed, 0) >> 2n,
    shuffles: {
      tailWorks: shuffle(sizes.tailWorks, seed, 1),
      hitWorks: shuffle(sizes.hits, seed, 2),
      kinds,
      ranks: shuffleBeside(kinds, seed, 4),
    },
  }
}
