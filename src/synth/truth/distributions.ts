/** The shares that the table of domain.md 6 asks for, to be compared with what is counted in the files. */
import { literal } from '../../store/columns.js'
import type { Plan } from '../plan/index.js'
import {
  ALTERNATE_TITLES,
  CATEGORIES,
  CATEGORY_RATES,
  CATEGORY_RATES_OF_HITS,
  CONTROL_CHANGES,
  CONTROL_CHANGES_OF_HITS,
  ISRCS,
  ISRCS_OF_HITS,
  MISSING_ISWC,
  MISSING_ISWC_OF_HITS,
  NAMED_BY,
  PUBLIC_DOMAIN,
  PUBLIC_DOMAIN_OF_HITS,
  PUBLISHERS,
  type Rates,
  RECORDINGS_OF_HIT,
  RECORDINGS_OF_WORK,
  SPLITS,
  SPLITS_OF_HITS,
  TERRITORIES,
  TOP_STREAMS,
  UNMATCHED,
  UNMATCHED_STREAMS,
  WORKS_WITH_SEVERAL_RECORDINGS,
  WRITERS,
} from '../plan/table.js'

type Row = readonly [parameter: string, stratum: string, bucket: string, expected: number]

const SPLIT_NAMES = ['equal', 'halves-and-quarters', 'thirds', 'odd-decimals']

const rows = (
  parameter: string,
  stratum: string,
  rates: Rates,
  name = (value: number): string => String(value),
): Row[] => rates.map(([value, rate]) => [parameter, stratum, name(value), rate / 1000])

const named = (parameter: string, stratum: string, names: readonly string[], rates: readonly number[]): Row[] =>
  names.map((name, index) => [parameter, stratum, name, (rates[index] ?? 0) / 1000])

/** Parameter, stratum, bucket (`mean` for a mean), expected part or mean. */
function expected(plan: Plan): Row[] {
  const split = (value: number): string => SPLIT_NAMES[value] ?? ''
  const missing = plan.feeds.flatMap(({ kind, feed }): Row[] =>
    kind in MISSING_ISWC
      ? [['missing-iswc', feed, 'missing', MISSING_ISWC[kind as keyof typeof MISSING_ISWC] / 1000]]
      : [],
  )
  return [
    ...rows('writers-per-work', 'tail', WRITERS),
    ['writers-per-work', 'hits', 'mean', 4.8],
    ...rows('publishers-per-work', 'tail', PUBLISHERS),
    ['publishers-per-work', 'hits', 'mean', 6],
    ...rows('split-pattern', 'tail', SPLITS, split),
    ...rows('split-pattern', 'hits', SPLITS_OF_HITS, split),
    ...rows('providers-naming-a-work', 'tail', NAMED_BY, (value) => (value === 4 ? '4-6' : String(value))),
    ...named('claims-of-a-work', 'tail', CATEGORIES, CATEGORY_RATES),
    ...named('claims-of-a-work', 'hits', CATEGORIES, CATEGORY_RATES_OF_HITS),
    ...missing,
    ['missing-iswc', 'hits', 'missing', MISSING_ISWC_OF_HITS / 1000],
    ['recordings-per-work', 'tail', 'mean', RECORDINGS_OF_WORK / 1000],
    ['recordings-per-work', 'tail', '1', 1 - WORKS_WITH_SEVERAL_RECORDINGS / 1000],
    ['recordings-per-work', 'hits', 'mean', RECORDINGS_OF_HIT],
    ['recordings', 'all', 'unmatched', UNMATCHED / 1000],
    ['streams', 'all', 'unmatched', UNMATCHED_STREAMS / 1000],
    ['streams', 'all', 'top 1 % of recordings', TOP_STREAMS / 1000],
    ...rows('isrcs-per-recording', 'tail', ISRCS),
    ...rows('isrcs-per-recording', 'hits', ISRCS_OF_HITS),
    ...rows('alternate-titles', 'tail', ALTERNATE_TITLES),
    ...named('territories-of-a-claim', 'all', Object.keys(TERRITORIES), Object.values(TERRITORIES)),
    ['control-change', 'tail', 'per work and year', CONTROL_CHANGES / 1000],
    ['control-change', 'hits', 'per work and year', CONTROL_CHANGES_OF_HITS / 1000],
    ['public-domain', 'tail', 'with a share', PUBLIC_DOMAIN / 1000],
    ['public-domain', 'hits', 'with a share', PUBLIC_DOMAIN_OF_HITS / 1000],
  ]
}

/** SELECT of parameter, stratum, bucket, expected. */
export const distributions = (plan: Plan): string =>
  `SELECT parameter, stratum, bucket, expected::DECIMAL(9, 6) AS expected FROM (VALUES ${expected(plan)
    .map(
      ([parameter, stratum, bucket, value]) =>
        `(${[parameter, stratum, bucket].map(literal).join(', ')}, ${value.toFixed(6)})`,
    )
    .join(', ')}) AS expected(parameter, stratum, bucket, expected)`
