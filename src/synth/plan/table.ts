/**
 * What the catalogue is made to look like: the table of domain.md 6. Its figures are assumptions of the generator unless
 * docs/synthetic-catalogue.md names a source. All rates are per mille.
 */

/** Values with their rates per mille, which add up to 1000. */
export type Rates = readonly (readonly [value: number, perMille: number])[]

export const WRITERS: Rates = [
  ...([1, 2, 3, 4] as const).map((value, index) => [value, [480, 290, 120, 60][index] ?? 0] as const),
  ...[5, 6, 7, 8].map((value) => [value, value === 5 ? 12 : 11] as const),
  ...([9, 10, 11, 14] as const).map((value) => [value, value === 9 ? 2 : 1] as const),
]

export const PUBLISHERS: Rates = [
  [0, 220],
  [1, 450],
  [2, 200],
  [3, 78],
  [4, 32],
  [5, 13],
  [6, 7],
]

/** How a whole is split: 0 in equal parts, 1 halves and quarters, 2 thirds of two decimals, 3 odd decimals. */
export const SPLITS: Rates = [
  [0, 620],
  [1, 240],
  [2, 80],
  [3, 60],
]
export const SPLITS_OF_HITS: Rates = [
  [0, 396],
  [1, 153],
  [2, 51],
  [3, 400],
]

/** Providers that name a work; 4 stands for four to six. */
export const NAMED_BY: Rates = [
  [1, 350],
  [2, 300],
  [3, 200],
  [4, 150],
]

export const ALTERNATE_TITLES: Rates = [
  [0, 700],
  [1, 180],
  ...[2, 3, 4, 5].map((value) => [value, value < 4 ? 28 : 27] as const),
  [6, 5],
  [8, 3],
  [12, 2],
]
export const ALTERNATE_TITLES_OF_HITS: Rates = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => [
  value,
  value === 6 ? 112 : 111,
])

export const ISRCS: Rates = [
  [1, 900],
  [2, 70],
  [3, 20],
  [4, 10],
]
export const ISRCS_OF_HITS: Rates = [
  [1, 700],
  [2, 210],
  [3, 60],
  [4, 30],
]

/** Recordings of several works among those that are matched. */
export const SEVERAL_WORKS = 28
/** How many works, where there are several. */
export const WORKS_OF_MEDLEY: Rates = [
  [2, 714],
  [3, 72],
  [4, 63],
  [5, 60],
  [6, 55],
  [7, 6],
  ...[8, 10, 12, 15].map((value) => [value, 5] as const),
  [20, 4],
  [30, 3],
  [40, 3],
]
export const WORKS_OF_HIT_RECORDING: Rates = [
  [1, 930],
  [2, 60],
  [3, 10],
]

export const UNMATCHED = 120
/** Part of all streams that unmatched recordings have. */
export const UNMATCHED_STREAMS = 20
/** Works in a thousand that are hits; a hit has so many recordings on average. */
export const HITS = 1
export const RECORDINGS_OF_HIT = 30
/** Recordings of a work in the long tail, in thousandths; so many works in a thousand have more than one. */
export const RECORDINGS_OF_WORK = 2400
export const WORKS_WITH_SEVERAL_RECORDINGS = 300

/** How the claims of a work stand, by number: see `work_category` in the SQL. */
export const CATEGORIES = ['plain', 'overclaim', 'rival', 'value', 'underclaim', 'copyright-control'] as const
export const CATEGORY_RATES = [665, 15, 45, 35, 120, 120] as const
export const CATEGORY_RATES_OF_HITS = [580, 50, 200, 100, 35, 35] as const

/** Totals of a provider's own overclaims: from, to (percent), per mille. */
export const OVERCLAIMS = [
  [110, 150, 750],
  [150, 200, 180],
  [200, 400, 60],
  [400, 800, 10],
] as const

/** Works without ISWC, by the kind of feed. */
export const MISSING_ISWC = { society: 150, mlc: 150, dsp: 450, publisher: 100 } as const
export const MISSING_ISWC_OF_HITS = 50

/** Open claims of publishers: the whole world, the world with exceptions, lists. */
export const TERRITORIES = { world: 700, exceptions: 180, lists: 120 } as const

/** Works whose control changed, per year, over the years of `CHANGE_YEARS`. */
export const CONTROL_CHANGES = 30
export const CONTROL_CHANGES_OF_HITS = 120
export const CHANGE_YEARS = 4
export const OVERLAPPING_CHANGES = 250
export const GAPS_IN_CHANGES = 80
export const BACKDATED_CHANGES = 400

export const PUBLIC_DOMAIN = 12
export const PUBLIC_DOMAIN_OF_HITS = 2

/** Claims that vanish between two snapshots, in 1/10000; half of them return. */
export const VANISHING = 15

/** Zipf exponent of streams; so many tracks in a thousand have so much of the streams. */
export const ZIPF = 1.05
export const TOP_TRACKS = 10
export const TOP_STREAMS = 900

/** Files that arrive late, and that are cut short, per mille. */
export const LATE = 20
export const TRUNCATED = 5

const negativeBinomial = (mean: number, deviation: number, most: number): number[] => {
  const variance = deviation * deviation
  const size = (mean * mean) / (variance - mean)
  const odds = mean / (size + mean)
  const masses = [(1 - odds) ** size]
  for (let k = 1; k <= most; k += 1) masses.push(((masses[k - 1] ?? 0) * odds * (size + k - 1)) / k)
  return masses
}

/** Counts from 1 with the given mean and deviation, as a thousand values in ascending order. */
function spread(mean: number, deviation: number, most: number): number[] {
  const masses = negativeBinomial(mean - 1, deviation, most - 1)
  const total = masses.reduce((sum, mass) => sum + mass, 0)
  let [value, reached] = [0, (masses[0] ?? 0) / total]
  return Array.from({ length: 1000 }, (_, index) => {
    while (reached * 1000 < index + 0.5 && value < most - 1) {
      value += 1
      reached += (masses[value] ?? 0) / total
    }
    return value + 1
  })
}

export const WRITERS_OF_HITS: readonly number[] = spread(4.8, 2.8, 25)
export const PUBLISHERS_OF_HITS: readonly number[] = spread(6, 4.5, 40)

/** Rates as a thousand values, so that a draw of 0 to 999 picks one. */
export function thousand(rates: Rates): number[] {
  const total = rates.reduce((sum, [, rate]) => sum + rate, 0)
  let reached = 0
  return rates.flatMap(([value, rate]) => {
    const from = Math.round((reached * 1000) / total)
    reached += rate
    return Array.from({ length: Math.round((reached * 1000) / total) - from }, () => value)
  })
}

/** The mean of a thousand values. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
