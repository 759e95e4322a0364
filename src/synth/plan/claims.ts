/** Which works have which kind of claims, and the chances that make the rates of the table come out exactly. */
import { type Feed, type FeedKind, type Masks, namesWorks } from './feeds.js'
import type { Sizes } from './sizes.js'
import {
  CATEGORY_RATES,
  CATEGORY_RATES_OF_HITS,
  CHANGE_YEARS,
  CONTROL_CHANGES,
  CONTROL_CHANGES_OF_HITS,
  GAPS_IN_CHANGES,
  MISSING_ISWC,
  MISSING_ISWC_OF_HITS,
  meanOf,
  NAMED_BY,
  OVERCLAIMS,
  PUBLIC_DOMAIN,
  PUBLIC_DOMAIN_OF_HITS,
  PUBLISHERS,
  PUBLISHERS_OF_HITS,
  type Rates,
  TERRITORIES,
  thousand,
} from './table.js'

const MILLION = 1_000_000
/** The number of the feed whose claims of publishers have the rates of `TERRITORIES`. */
const SOCIETY = 0

/** Works of each category, shuffled: where its places start, and how many there are. */
export interface Places {
  readonly starts: readonly number[]
  readonly lengths: readonly number[]
}

/** Chances in a million. */
export interface Chances {
  readonly changed: number
  readonly publicDomain: number
  /** Territories are divided, with one publisher and with several. */
  readonly divided: readonly [one: number, several: number]
}

export interface ClaimPlan {
  readonly tail: Places
  readonly hits: Places
  /** Providers that name a work, as a thousand values: where nothing differs between them, and where something does. */
  readonly namedBy: readonly number[]
  readonly namedByWhereDiffering: readonly number[]
  /** Publishers of a plain work, and of one whose claims are told of. */
  readonly publishers: readonly number[]
  readonly publishersOfClaimed: readonly number[]
  /** The first so many plain works have the publisher of that number, so that each who is licensed has a share. */
  readonly licensedPublishers: number
  /** Plain works that all linking feeds name, from which medleys are made. */
  readonly core: { readonly start: number; readonly length: number }
  /** From as many providers on, all linking feeds are among them. */
  readonly topNames: number
  readonly tailChances: Chances
  readonly hitChances: Chances
  /** By feed number, in a million, among works whose ISWC may be missing. */
  readonly missingIswc: readonly number[]
  readonly missingIswcOfHits: number
  readonly overclaimTotals: readonly number[]
}

/** Differences need two providers; where there is one, their works are plain. */
function placesOf(size: number, rates: readonly number[], comparable: boolean): Places {
  const lengths = rates.map((rate, category) =>
    category === 0 || (!comparable && (category === 2 || category === 3)) ? 0 : Math.round((size * rate) / 1000),
  )
  lengths[0] = size - lengths.reduce((sum, length) => sum + length, 0)
  return {
    lengths,
    starts: lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0)),
  }
}

const WHERE_DIFFERING: Rates = [
  [2, 500],
  [3, 300],
  [4, 200],
]

/** What is left of the rates of providers for works in which nothing differs. */
function namedByElsewhere(differing: number): Rates {
  const rateOf = (value: number): number => WHERE_DIFFERING.find(([name]) => name === value)?.[1] ?? 0
  return NAMED_BY.map(([value, rate]) => [value, rate - rateOf(value) * differing])
}

/** Sub-publishers of a divided work: the SQL has the same rule. */
export const subPublishers = (publishers: number): number =>
  Math.min(6, Math.max(1, Math.floor((2 * publishers + 1) / 3)))

/**
 * Chances that a work with one and with several publishers is divided, so that open claims have the rates of
 * `TERRITORIES`. `counts` are works by number of publishers among those that may be divided, `mean` the publishers of a
 * work of any kind.
 */
function dividedChances(counts: ReadonlyMap<number, number>, mean: number): readonly [number, number] {
  const total = mean / (1 - TERRITORIES.lists / 1000)
  const [lists, exceptions] = [(total * TERRITORIES.lists) / 1000, (total * TERRITORIES.exceptions) / 1000]
  const one = counts.get(1) ?? 0
  const several = [...counts].filter(([publishers]) => publishers > 1)
  const listsOf = several.reduce((sum, [publishers, part]) => sum + part * subPublishers(publishers), 0)
  const exceptionsOf = several.reduce((sum, [publishers, part]) => sum + part * publishers, 0)
  const forSeveral = (exceptions - lists) / (exceptionsOf - listsOf)
  const forOne = (lists - forSeveral * listsOf) / one
  const both = lists / (one + listsOf)
  const fits = [forOne, forSeveral].every((chance) => chance >= 0 && chance <= 1)
  const chance = (value: number): number => Math.round(Math.min(1, value) * MILLION)
  return fits ? [chance(forOne), chance(forSeveral)] : [chance(both), chance(both)]
}

/** How many of each value are among a thousand values, as parts of `whole`. */
function partsOf(values: readonly number[], whole: number): Map<number, number> {
  const parts = new Map<number, number>()
  for (const value of values) if (value > 0) parts.set(value, (parts.get(value) ?? 0) + whole / values.length)
  return parts
}

function chances(yearly: number, publicDomain: number, publishers: ReadonlyMap<number, number>, mean: number): Chances {
  const eligible = [...publishers.values()].reduce((sum, part) => sum + part, 0)
  const free = publicDomain / 1000 / eligible
  const changed = ((yearly * CHANGE_YEARS) / 1000) * (1 - GAPS_IN_CHANGES / 1000)
  const rest = new Map([...publishers].map(([count, part]) => [count, part * (1 - free)]))
  return {
    changed: Math.round(Math.min(1, changed / (eligible * (1 - free))) * MILLION),
    publicDomain: Math.round(free * MILLION),
    divided: dividedChances(rest, mean),
  }
}

/** Totals of overclaims as a thousand values, evenly over each range. */
const totals = (): number[] =>
  OVERCLAIMS.flatMap(([from, to, rate]) =>
    Array.from({ length: rate }, (_, index) => from + Math.floor(((to - from) * (index + 0.5)) / rate)),
  )

const includes = (masks: readonly number[], feed: number): number =>
  masks.length === 0 ? 0 : masks.filter((mask) => (mask >> feed) % 2 === 1).length / masks.length

export function claimsOf(sizes: Sizes, feeds: readonly Feed[], masks: Masks): ClaimPlan {
  const isComparable = feeds.filter(namesWorks).length > 1
  const tail = placesOf(sizes.tailWorks, CATEGORY_RATES, isComparable)
  const hits = placesOf(sizes.hits, CATEGORY_RATES_OF_HITS, isComparable)
  const partOf = (category: number): number => (tail.lengths[category] ?? 0) / sizes.tailWorks
  const plain = partOf(0)
  const differing = partOf(2) + partOf(3)
  const namedBy = thousand(namedByElsewhere(differing))
  const namedByWhereDiffering = thousand(WHERE_DIFFERING)
  const licensedPublishers = Math.min(sizes.publishers, tail.lengths[0] ?? 0)
  const guaranteed = licensedPublishers / sizes.tailWorks
  const none = PUBLISHERS[0]?.[1] ?? 0
  const some = PUBLISHERS.slice(1)
  const noneAmongPlain = Math.min(950, none / Math.max(plain - guaranteed, 0.05))
  const publishersOfClaimed = thousand(some)
  const publishers = thousand([
    [0, noneAmongPlain],
    ...some.map(([value, rate]) => [value, (rate * (1000 - noneAmongPlain)) / (1000 - none)] as const),
  ])
  const topCount = Math.min(4, feeds.filter(namesWorks).length)
  const below = namedBy.filter((count) => count < topCount).length
  const plainLength = tail.lengths[0] ?? 0
  const coreStart = Math.ceil((plainLength * below) / 1000)
  const named = (feed: number, values: readonly number[]): number =>
    values.reduce((sum, count) => sum + includes(masks.tail[count - 1] ?? [], feed), 0) / values.length
  // Where providers differ, at least two name the work: the society names more of those, which are never divided.
  const oftener = named(SOCIETY, namedByWhereDiffering) / named(SOCIETY, namedBy) - 1
  const mean = meanOf(thousand(PUBLISHERS)) + differing * oftener * meanOf(publishersOfClaimed)
  const missing = ({ number, kind }: Feed): number => {
    const all = (1 - differing) * named(number, namedBy) + differing * named(number, namedByWhereDiffering)
    const free = (plain - guaranteed) * named(number, namedBy)
    return free === 0 ? 0 : Math.round(Math.min(0.99, (rateOfMissing(kind) / 1000) * (all / free)) * MILLION)
  }
  return {
    tail,
    hits,
    namedBy,
    namedByWhereDiffering,
    publishers,
    publishersOfClaimed,
    licensedPublishers,
    topNames: topCount,
    core: { start: coreStart, length: Math.max(0, plainLength - coreStart) },
    tailChances: chances(CONTROL_CHANGES, PUBLIC_DOMAIN, partsOf(publishersOfClaimed, plain - none / 1000), mean),
    hitChances: chances(
      CONTROL_CHANGES_OF_HITS,
      PUBLIC_DOMAIN_OF_HITS,
      partsOf(PUBLISHERS_OF_HITS, (hits.lengths[0] ?? 0) / sizes.hits),
      meanOf(PUBLISHERS_OF_HITS),
    ),
    missingIswc: feeds.map(missing),
    missingIswcOfHits: Math.round(
      (MISSING_ISWC_OF_HITS / 1000 / Math.max((hits.lengths[0] ?? 0) / sizes.hits, 0.1)) * MILLION,
    ),
    overclaimTotals: totals(),
  }
}

const rateOfMissing = (kind: FeedKind): number =>
  kind in MISSING_ISWC ? MISSING_ISWC[kind as keyof typeof MISSING_ISWC] : 0
