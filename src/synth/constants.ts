/** The plan as SQL macros without arguments: numbers, and lists from which a draw picks. */
import { literal } from '../store/columns.js'
import { FIRST_DAY } from './plan/calendar.js'
import { type FeedKind, SENDER_DPID } from './plan/feeds.js'
import type { Plan } from './plan/index.js'
import {
  ALTERNATE_TITLES,
  ALTERNATE_TITLES_OF_HITS,
  ISRCS,
  ISRCS_OF_HITS,
  OVERLAPPING_CHANGES,
  PUBLISHERS_OF_HITS,
  SPLITS,
  SPLITS_OF_HITS,
  thousand,
  WORKS_OF_HIT_RECORDING,
  WORKS_OF_MEDLEY,
  WRITERS,
  WRITERS_OF_HITS,
} from './plan/table.js'
import { SUB_TERRITORIES, WORDS } from './words.js'

type Constant = number | bigint | string | readonly number[] | readonly string[]

/** Chances in a million for each delivery after the first, and no more than so many in all. */
const ARRIVALS = 5_000
const CORRECTIONS = 3_000
const REMOVALS = 1_000
const MOST_ARRIVALS = 300_000

const KIND_NUMBERS: Readonly<Record<FeedKind, number>> = {
  society: 0,
  service: 1,
  mlc: 2,
  label: 3,
  dsp: 4,
  publisher: 5,
}

function sizes({ sizes: s, snapshots, claims, streams, seedKey, format }: Plan): Record<string, Constant> {
  const later = snapshots - 1
  return {
    seed_key: seedKey,
    first_day: FIRST_DAY,
    snapshots,
    tracks: s.tracks,
    hits_from: s.storyWorks,
    hits: s.hits,
    tail_from: s.storyWorks + s.hits,
    tail_works: s.tailWorks,
    works: s.works,
    multi_works: s.multiWorks,
    hit_recordings_from: s.storyRecordings,
    hit_recordings: s.hitRecordings,
    tail_recordings_from: s.storyRecordings + s.hitRecordings,
    tail_recordings: s.tailRecordings,
    singles: s.singles,
    medleys: s.medleys,
    writers: s.writers,
    publishers: s.publishers,
    licensed_publishers: claims.licensedPublishers,
    top_names: claims.topNames,
    core_start: claims.core.start,
    core_length: claims.core.length,
    ranked: streams.ranked,
    stream_scale: streams.scale,
    unmatched_factor: streams.unmatchedFactor,
    roots: streams.roots,
    arrivals: Math.min(MOST_ARRIVALS, ARRIVALS * later),
    corrections: Math.min(MOST_ARRIVALS, CORRECTIONS * later),
    removals: Math.min(MOST_ARRIVALS, REMOVALS * later),
    // BWARM has no words for two kinds about one slice, nor for a share that is free.
    overlapping: format === 'bwarm' ? 0 : OVERLAPPING_CHANGES * 1000,
    is_bwarm: format === 'bwarm' ? 1 : 0,
    sender_dpid: SENDER_DPID,
  }
}

function shuffles({ shuffles: all }: Plan): Record<string, Constant> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, { size, factor, shift, back }]) => {
      const stem = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return [
        [`${stem}_size`, size],
        [`${stem}_factor`, factor],
        [`${stem}_shift`, shift],
        [`${stem}_back`, back],
      ]
    }),
  )
}

function claims({ claims: c, format }: Plan): Record<string, Constant> {
  return {
    tail_starts: c.tail.starts,
    tail_lengths: c.tail.lengths.map((length) => Math.max(1, length)),
    hit_starts: c.hits.starts,
    named_by: c.namedBy,
    named_by_where_differing: c.namedByWhereDiffering,
    publishers_of_plain: c.publishers,
    publishers_of_claimed: c.publishersOfClaimed,
    changed_chance: c.tailChances.changed,
    changed_chance_of_hits: c.hitChances.changed,
    public_domain_chance: format === 'bwarm' ? 0 : c.tailChances.publicDomain,
    public_domain_chance_of_hits: format === 'bwarm' ? 0 : c.hitChances.publicDomain,
    divided_chances: c.tailChances.divided,
    divided_chances_of_hits: c.hitChances.divided,
    missing_iswc: c.missingIswc,
    missing_iswc_of_hits: c.missingIswcOfHits,
    overclaim_totals: c.overclaimTotals,
  }
}

function feeds({ feeds: all, masks, deliveries }: Plan): Record<string, Constant> {
  const [one, two, three, four] = masks.tail
  const labels = all.filter(({ kind }) => kind === 'label').map(({ number }) => number)
  return {
    letters: all.map(({ letter }) => letter),
    feed_names: all.map(({ feed }) => feed),
    feed_kinds: all.map(({ kind }) => KIND_NUMBERS[kind]),
    label_feeds: labels.length === 0 ? [-1] : labels,
    linking_mask: masks.linking,
    // Feed and round in one number; -1 where none is late.
    late_places: [
      -1,
      ...deliveries.filter(({ isLate }) => isLate).map(({ feed, round }) => feed.number * 1000 + round),
    ],
    masks_of_one: one ?? [],
    masks_of_two: two ?? [],
    masks_of_three: three ?? [],
    masks_of_four: four ?? [],
    masks_of_hits: masks.hits,
  }
}

const drawn = (): Record<string, Constant> => ({
  writers_of_tail: thousand(WRITERS),
  writers_of_hits: WRITERS_OF_HITS,
  publishers_of_hits: PUBLISHERS_OF_HITS,
  splits_of_tail: thousand(SPLITS),
  splits_of_hits: thousand(SPLITS_OF_HITS),
  alternates_of_tail: thousand(ALTERNATE_TITLES),
  alternates_of_hits: thousand(ALTERNATE_TITLES_OF_HITS),
  isrcs_of_tail: thousand(ISRCS),
  isrcs_of_hits: thousand(ISRCS_OF_HITS),
  works_of_medley: thousand(WORKS_OF_MEDLEY),
  works_of_hit_recording: thousand(WORKS_OF_HIT_RECORDING),
  sub_territories: SUB_TERRITORIES,
  sub_exceptions: SUB_TERRITORIES.map((codes) => codes.replace(/^|\|/g, '|!')),
  ...WORDS,
})

const one = (value: number | bigint | string): string => {
  if (typeof value !== 'string') return `${value}::BIGINT`
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `DATE ${literal(value)}` : literal(value)
}

const listed = (values: readonly (number | string)[]): string =>
  `[${values.map((value) => (typeof value === 'string' ? literal(value) : String(value))).join(', ')}]${
    typeof values[0] === 'string' ? '::VARCHAR[]' : '::BIGINT[]'
  }`

/** Statements that make the plan's macros. Lists are variables: a macro's text would be read anew at each of its uses. */
export function constantMacros(plan: Plan): string {
  const all = { ...sizes(plan), ...shuffles(plan), ...claims(plan), ...feeds(plan), ...drawn() }
  return Object.entries(all)
    .map(([name, value]) =>
      typeof value === 'object'
        ? `SET VARIABLE ${name} = ${listed(value)}; CREATE MACRO ${name}() AS getvariable('${name}');`
        : `CREATE MACRO ${name}() AS ${one(value)};`,
    )
    .join('\n')
}
