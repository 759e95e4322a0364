/** The things of one picture, and how each feed names them: ids of its own, joined by codes alone. */
import type { Chance } from '../../fuzz/chance.js'
import type { Cells } from '../deliveries.js'
import { ipiBaseOf, ipiNameOf, isniOf, isrcOf, iswcOf } from '../numbers.js'
import { type Content, contentOf } from './links.js'
import type { Context } from './options.js'
import type { Seed } from './tracks.js'

export interface World {
  readonly number: number
  /** Numbers of the true parties, works and recordings, no other world's. */
  readonly parties: readonly number[]
  readonly works: readonly number[]
  readonly recordings: readonly number[]
  /** What is in each recording, as most feeds have it. */
  readonly contents: ReadonlyMap<number, Content>
  /** The feed that says which parties are one group; in doubtful batches each does. */
  readonly groupFeed: string
}

export function worldOf(context: Context, number: number): World {
  const { chance, providers } = context
  const numbers = (count: number) => Array.from({ length: count }, (_, place) => 1_000 + number * 10 + place)
  const works = numbers(1 + chance.below(3))
  const recordings = numbers(1 + chance.below(2))
  return {
    number,
    parties: numbers(2 + chance.below(4)),
    works,
    recordings,
    contents: new Map(recordings.map((recording) => [recording, contentOf(context, works)])),
    groupFeed: providers[chance.below(providers.length)] ?? '',
  }
}

/** What one feed says about who and what there is. */
export interface Names {
  readonly feed: string
  readonly seeds: Seed[]
  /** True number to the references by which the feed speaks about it. */
  readonly parties: ReadonlyMap<number, readonly string[]>
  readonly works: ReadonlyMap<number, readonly string[]>
  readonly recordings: ReadonlyMap<number, readonly string[]>
}

const dotted = (iswc: string): string =>
  `T-${iswc.slice(1, 4)}.${iswc.slice(4, 7)}.${iswc.slice(7, 10)}-${iswc.slice(10)}`

/** Codes of a party: mostly an IPI name number, some with more, some with none. */
function partyCodes(chance: Chance, number: number): Cells {
  if (chance.oneIn(7)) return {}
  return {
    ipi_name_number: chance.oneIn(8) ? '' : ipiNameOf(number),
    ...(chance.oneIn(4) ? { ipi_base_number: ipiBaseOf(number) } : {}),
    ...(chance.oneIn(5) ? { isni: isniOf(number) } : {}),
  }
}

function groupOf({ chance, isDoubtful }: Context, world: World, feed: string): Cells {
  const isStating = isDoubtful || feed === world.groupFeed
  if (!isStating || !chance.oneIn(3)) return {}
  return { group_id: `group-${world.number}-${chance.below(2)}` }
}

function nameParties(context: Context, world: World, feed: string, seeds: Seed[]): Names['parties'] {
  const { chance } = context
  const named = world.parties.map((number): [number, string[]] => {
    if (chance.oneIn(10)) return [number, [ipiNameOf(number)]]
    const ids = [`${feed}-p${number}`, ...(chance.oneIn(10) ? [`${feed}-p${number}-again`] : [])]
    for (const party_id of ids) {
      const row = { party_id, name: `Party ${number}`, ...partyCodes(chance, number), ...groupOf(context, world, feed) }
      const changed = (): Cells => ({ ...row, ...partyCodes(chance, number) })
      seeds.push({ relation: 'parties', row, ...(chance.oneIn(4) ? { changed } : { isFixed: true }) })
    }
    return [number, ids]
  })
  return new Map(named)
}

function nameWorks({ chance, isDoubtful }: Context, world: World, feed: string, seeds: Seed[]): Names['works'] {
  const named = world.works.flatMap((number): [number, string[]][] => {
    if (chance.oneIn(6)) return []
    const [first, second] = [iswcOf(number), iswcOf(number + 500_000)]
    if (chance.oneIn(10)) return [[number, [chance.oneIn(2) ? dotted(first) : first]]]
    const ids = [`${feed}-w${number}`, ...(chance.oneIn(8) ? [`${feed}-w${number}-again`] : [])]
    for (const work_id of ids) {
      const others = isDoubtful && chance.oneIn(12) ? [iswcOf(world.works[0] ?? number)] : []
      const codes = chance.oneIn(6) ? [second] : [first, ...(chance.oneIn(4) ? [second] : [])]
      const iswc = chance.oneIn(7) ? '' : [...codes, ...others].join('|')
      const row = { work_id, title: `Work ${number}`, iswc }
      const changed = (): Cells => ({ ...row, iswc: chance.oneIn(2) ? first : '' })
      seeds.push({ relation: 'works', row, ...(chance.oneIn(6) ? { changed } : { isFixed: true }) })
    }
    return [[number, ids]]
  })
  return new Map(named)
}

function nameRecordings(
  { chance, isDoubtful }: Context,
  world: World,
  feed: string,
  seeds: Seed[],
): Names['recordings'] {
  const named = world.recordings.flatMap((number): [number, string[]][] => {
    if (chance.oneIn(6)) return []
    if (chance.oneIn(8)) return [[number, [isrcOf(number)]]]
    const ids = [`${feed}-r${number}`, ...(chance.oneIn(10) ? [`${feed}-r${number}-again`] : [])]
    for (const recording_id of ids) {
      const isrc = chance.oneIn(20)
        ? ''
        : [isrcOf(number), ...(chance.oneIn(6) ? [isrcOf(number + 500_000)] : [])].join('|')
      seeds.push({ relation: 'recordings', row: { recording_id, title: `Recording ${number}`, isrc } })
    }
    // By its own id and by the ISRC in one feed: one recording or two?
    return [[number, isDoubtful && chance.oneIn(8) ? [...ids, isrcOf(number)] : ids]]
  })
  return new Map(named)
}

/** The parties, works and recordings of a world as one feed names them, with the rows that say so. */
export function namesIn(context: Context, world: World, feed: string): Names {
  const seeds: Seed[] = []
  return {
    feed,
    seeds,
    parties: nameParties(context, world, feed, seeds),
    works: nameWorks(context, world, feed, seeds),
    recordings: nameRecordings(context, world, feed, seeds),
  }
}
