/** Who delivers what: the providers in the order in which `--providers` adds them, and which of them name a work. */

export type FeedKind = 'society' | 'service' | 'mlc' | 'label' | 'dsp' | 'publisher'

export interface Feed {
  /** Its number, which is also its bit in the masks of those who name a work. */
  readonly number: number
  /** Folder and first part of the feed's name. */
  readonly slug: string
  readonly kind: FeedKind
  readonly feed: string
  readonly provider: string
  /** First letter of its own ids. */
  readonly letter: string
  readonly policy: 'late-rivals-refused' | 'pro-rata' | null
}

const ROSTER: readonly (readonly [slug: string, kind: FeedKind, letter: string])[] = [
  ['society', 'society', 'S'],
  ['service', 'service', 'V'],
  ['mlc', 'mlc', 'M'],
  ['label', 'label', 'L'],
  ['dsp', 'dsp', 'D'],
  ['publisher', 'publisher', 'U'],
  ['publisher-b', 'publisher', 'X'],
  ['label-b', 'label', 'Y'],
  ['society-b', 'society', 'Z'],
  ['publisher-c', 'publisher', 'T'],
  ['label-c', 'label', 'K'],
  ['society-c', 'society', 'O'],
]

/** The licensing collective's DDEX party id: made up, with its check character. */
export const SENDER_DPID = 'PADPIDA2021070100Y'

export const FEWEST_PROVIDERS = 2
export const MOST_PROVIDERS = ROSTER.length

const SERIES: Readonly<Record<FeedKind, string>> = {
  society: 'works',
  service: 'rights',
  mlc: 'works',
  label: 'catalogue',
  dsp: 'catalogue',
  publisher: 'works',
}

const TITLES: Readonly<Record<FeedKind, string>> = {
  society: 'Synthetic Society',
  service: 'Synthetic Service',
  mlc: 'Synthetic Licensing Collective',
  label: 'Synthetic Label',
  dsp: 'Synthetic Player',
  publisher: 'Synthetic Publishing',
}

/** What a provider says that it does to rival claims before it delivers. */
const POLICIES: Readonly<Record<string, Feed['policy']>> = { mlc: 'late-rivals-refused', 'publisher-b': 'pro-rata' }

/** The feeds of so many providers, one each. */
export function feedsOf(providers: number): Feed[] {
  return ROSTER.slice(0, providers).map(([slug, kind, letter], number) => ({
    number,
    slug,
    kind,
    letter,
    feed: `${slug}/${SERIES[kind]}`,
    provider: `${TITLES[kind]}${slug.length > kind.length ? ` ${slug.slice(-1).toUpperCase()}` : ''}`,
    policy: POLICIES[slug] ?? null,
  }))
}

const NAMES_WORKS: ReadonlySet<FeedKind> = new Set(['society', 'mlc', 'dsp', 'publisher'])
/** Providers that say which work a recording embodies; the further societies do not. */
const LINKING: ReadonlySet<string> = new Set(['society', 'mlc', 'dsp'])

export const namesWorks = ({ kind }: Feed): boolean => NAMES_WORKS.has(kind)
export const linksRecordings = ({ slug }: Feed): boolean => LINKING.has(slug)

export interface Masks {
  /** Bits of the feeds that link recordings. */
  readonly linking: number
  /** For one, two, three, and four or more providers: who they may be. Each list names each set equally often. */
  readonly tail: readonly (readonly number[])[]
  readonly hits: readonly number[]
}

const bits = (mask: number): number => mask.toString(2).replaceAll('0', '').length

/** Lists of one length in which each size has the same part, whatever the number of sets of that size. */
function evenly(bySize: readonly (readonly number[])[]): number[] {
  const PART = 60
  return bySize.flatMap((sets) => Array.from({ length: PART }, (_, index) => sets[index % sets.length] ?? 0))
}

/**
 * The sets of feeds that may name a work. Each has one that links recordings; from as many as there are of those on, all
 * of them, so that a medley finds its works in one feed. A hit is named by four to eight, if there are so many.
 */
export function masksOf(feeds: readonly Feed[]): Masks {
  const naming = feeds.filter(namesWorks).reduce((mask, { number }) => mask | (1 << number), 0)
  const linking = feeds.filter(linksRecordings).reduce((mask, { number }) => mask | (1 << number), 0)
  const all = bits(naming)
  const sets = Array.from({ length: 1 << feeds.length }, (_, mask) => mask).filter((mask) => (mask & ~naming) === 0)
  const ofSize = (size: number): number[] => {
    const wanted = Math.min(size, all)
    const isFull = wanted === Math.min(4, all) || wanted > 4
    return sets.filter(
      (mask) => bits(mask) === wanted && (isFull ? (mask & linking) === linking : (mask & linking) !== 0),
    )
  }
  const sizes = (from: number, to: number): number[][] => {
    const most = Math.max(Math.min(from, all), Math.min(to, all))
    return Array.from({ length: most - Math.min(from, all) + 1 }, (_, index) => ofSize(Math.min(from, all) + index))
  }
  return { linking, tail: [ofSize(1), ofSize(2), ofSize(3), evenly(sizes(4, 6))], hits: evenly(sizes(4, 8)) }
}
