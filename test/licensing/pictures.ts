/**
 * Random pictures: small worlds of works, parties, shares and licences as several feeds state them over several
 * deliveries, and cells to ask. Many worlds share the feeds of one batch, so that one workspace holds them all; facts that
 * hold for a whole feed or for everything (licence data, a blanket licence) are facts of the batch.
 */
import { Chance } from '../fuzz/chance.js'
import type { Delivery, Relations } from './deliveries.js'
import { isrcOf } from './numbers.js'
import { affiliationsIn, licencesIn, licencesOfAll } from './random/licences.js'
import { linksIn } from './random/links.js'
import { type Context, type PictureOptions, weighted } from './random/options.js'
import { type Slot, scheduleOf } from './random/schedule.js'
import { sharesIn } from './random/shares.js'
import { changesAt, rowsAt, type Seed, type Track, tracksOf } from './random/tracks.js'
import { namesIn, type World, worldOf } from './random/world.js'
import type { Question } from './reference.js'

export interface Batch {
  /** In order of publication within each feed; any order may be loaded. */
  readonly deliveries: readonly Delivery[]
  readonly questions: readonly Question[]
}

const THINGS = ['parties', 'works', 'recordings']
const PROVIDER_RELATIONS = ['links', 'shares']
const LICENCE_RELATIONS = ['licences', 'affiliations', 'right_weights']

function contextOf({ seed, doubtful = false }: PictureOptions): Context {
  const chance = new Chance('pictures', seed)
  const providers = ['p1/x', 'p2/x', ...(chance.oneIn(2) ? ['p3/x'] : [])]
  const licensing = weighted(chance, [1, []], [4, ['p1/x']], [3, ['svc/x']], [4, ['p1/x', 'svc/x']])
  return { chance, isDoubtful: doubtful, providers, licensing }
}

/** All that one feed says about one world. */
function seedsIn(context: Context, world: World, feed: string): Seed[] {
  const names = namesIn(context, world, feed)
  const isProvider = context.providers.includes(feed)
  const hasLicences = context.licensing.includes(feed)
  return [
    ...names.seeds,
    ...(isProvider ? [...linksIn(context, world, names), ...sharesIn(context, names)] : []),
    ...(hasLicences ? [...licencesIn(context, world, names), ...affiliationsIn(context, world, names)] : []),
  ]
}

function relationsAt(
  context: Context,
  tracks: readonly Track[],
  { scope, without }: Slot,
  place: number,
  of: string[],
): Relations {
  const isDelta = scope === 'delta' && place > 0
  const rows = (relation: string) =>
    isDelta ? changesAt(context.chance, tracks, relation, place) : rowsAt(tracks, relation, place)
  const named = of.filter((relation) => relation !== without).map((relation) => [relation, rows(relation)] as const)
  return Object.fromEntries(named.filter(([, all]) => !isDelta || all.length > 0))
}

function deliveriesOf(context: Context, worlds: readonly World[], feed: string): Delivery[] {
  const { chance, providers, licensing } = context
  const slots = scheduleOf(chance)
  const isProvider = providers.includes(feed)
  const hasLicences = licensing.includes(feed)
  const seeds = worlds.flatMap((world) => seedsIn(context, world, feed))
  const tracks = tracksOf(chance, [...(hasLicences ? licencesOfAll(context, feed) : []), ...seeds], slots.length)
  const relations = [...THINGS, ...(isProvider ? PROVIDER_RELATIONS : []), ...(hasLicences ? LICENCE_RELATIONS : [])]
  const endDates = chance.oneIn(4) ? ('inclusive' as const) : ('exclusive' as const)
  return slots.map((slot, place) => {
    const { published, received, sequence, scope, without, isComplete } = slot
    return {
      feed,
      published,
      received,
      scope,
      endDates,
      ...(sequence === undefined ? {} : { sequence }),
      ...(isComplete === true && without !== undefined && relations.includes(without) ? { complete: [without] } : {}),
      relations: relationsAt(context, tracks, slot, place, relations),
    }
  })
}

const nextDay = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

const DAYS = [
  '2014-12-31',
  '2018-06-15',
  '2018-12-31',
  '2019-06-01',
  '2019-06-30',
  '2019-12-31',
  '2020-01-01',
  '2021-06-01',
]

function theoriesOf(chance: Chance): string[] {
  if (!chance.oneIn(3)) return []
  const work = weighted(chance, [2, []], [1, ['fractional']], [3, ['whole-work']])
  const some = ['drop-impossible-provider', 'registered-administrator-binds'].filter(() => chance.oneIn(3))
  return [...work, ...some]
}

/** A K on or beside a day of receipt, never after the last; or none, which is the last. */
function knownOf(chance: Chance, receipts: readonly string[]): { known?: string } {
  if (chance.oneIn(2)) return {}
  // The greater of two, as early on little is known.
  const place = Math.max(chance.below(receipts.length), chance.below(receipts.length))
  const day = receipts[place] ?? ''
  const known = nextDay(day, weighted(chance, [1, -1], [2, 0], [2, 1]))
  return { known: known > (receipts.at(-1) ?? '') ? day : known }
}

function questionsOf({ chance }: Context, world: World, count: number, receipts: readonly string[]): Question[] {
  return Array.from({ length: count }, () => {
    const number = world.recordings[chance.below(world.recordings.length)] ?? 0
    const theories = theoriesOf(chance)
    return {
      recording: isrcOf(chance.oneIn(20) ? number + 500_000 : number),
      on: DAYS[chance.below(DAYS.length)] ?? '',
      territory: weighted(chance, [6, 'FR'], [2, 'DE'], [3, 'US'], [1, 'GB'], [1, 'AT'], [1, 'KY']),
      right: weighted(chance, [6, 'mech'], [3, 'perf'], [1, 'master']),
      ...knownOf(chance, receipts),
      ...(theories.length === 0 ? {} : { theories }),
    }
  })
}

/** A batch: the same for the same options. */
export function makeBatch(options: PictureOptions): Batch {
  const context = contextOf(options)
  const worlds = Array.from({ length: options.worlds }, (_, number) => worldOf(context, number))
  const feeds = [...new Set([...context.providers, ...context.licensing])]
  const deliveries = feeds.flatMap((feed) => deliveriesOf(context, worlds, feed))
  const receipts = [...new Set(deliveries.map(({ received = '' }) => received.slice(0, 10)))].sort()
  return { deliveries, questions: worlds.flatMap((world) => questionsOf(context, world, options.cells, receipts)) }
}
