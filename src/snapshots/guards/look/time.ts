/** Guards that look at dates alone: gaps, periods left out, deliveries late or in disorder. */
import { findingOf } from '../finding.js'
import type { Guard } from '../view.js'

const HOUR = 3_600_000_000
const DAY = 24

/** Hours as people say them: days from two days on. */
export function hoursText(hours: number): string {
  if (hours < 2 * DAY) return hours === 1 ? '1 hour' : `${Math.round(hours)} hours`
  return `${Math.round(hours / DAY)} days`
}

const hoursBetween = (from: number, to: number): number => (to - from) / HOUR

/** So many intervals are needed before a rhythm is believed, and so many times the usual one is a gap. */
const LEARNED_FROM = 4
const GAP_FACTOR = 3

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** `skipped` where a cadence was said, `gap` where it has to be learned from the deliveries before. */
export const lookForGaps: Guard = ({ snapshot, earlier, checks }) => {
  const previous = earlier.at(-1)
  if (previous === undefined) return []
  const hours = hoursBetween(previous.published, snapshot.published)
  const since = `${hoursText(hours)} after ${previous.snapshot}, the one before it`
  if (checks.every !== null) {
    const missed = Math.round(hours / checks.every) - 1
    if (missed < 1) return []
    return [
      findingOf({
        guard: 'skipped',
        level: 'warn',
        seen: hoursText(hours),
        threshold: `one every ${hoursText(checks.every)}`,
        comparedWith: previous.snapshot,
        message: `it was published ${since}; with one every ${hoursText(checks.every)}, ${missed === 1 ? '1 delivery is' : `${missed} deliveries are`} missing`,
        next: 'Ask the provider for what is missing; it finds its place in the history whenever it arrives',
      }),
    ]
  }
  if (snapshot.byUnit) return []
  const instants = earlier.map(({ published }) => published)
  const intervals = instants.slice(1).map((at, index) => hoursBetween(instants[index] ?? at, at))
  const usual = median(intervals.filter((interval) => interval > 0))
  const isGap = intervals.length >= LEARNED_FROM && hours > GAP_FACTOR * usual && hours > DAY
  if (!isGap || usual === 0) return []
  return [
    findingOf({
      guard: 'gap',
      level: 'warn',
      seen: hoursText(hours),
      threshold: `${GAP_FACTOR} times the usual ${hoursText(usual)}`,
      comparedWith: previous.snapshot,
      message: `it was published ${since}; usually there are ${hoursText(usual)} between two`,
      next: 'Ask the provider whether deliveries are missing; say the true rhythm with `checks: {every: …}`',
    }),
  ]
}

/** `stale`: what arrived had been published long before. Whether a feed is stale today is told by `feed check` itself. */
export const lookForStaleness: Guard = ({ snapshot, checks }) => {
  const hours = hoursBetween(snapshot.published, snapshot.received)
  if (checks.staleAfter === null || hours <= checks.staleAfter) return []
  return [
    findingOf({
      guard: 'stale',
      level: 'warn',
      seen: hoursText(hours),
      threshold: `stale after ${hoursText(checks.staleAfter)}`,
      message: `it was received ${hoursText(hours)} after its publication`,
      next: 'Ask the provider for its latest delivery',
    }),
  ]
}

/** `out-of-order`: a newer publication had been received before. `tie`: another has the same dates. */
export const lookForDisorder: Guard = ({ snapshot, earlier, later }) => {
  const newer = later.filter((one) => one.published > snapshot.published && one.received < snapshot.received)
  const twins = [...earlier, ...later].filter(
    (one) =>
      !snapshot.byUnit &&
      one.published === snapshot.published &&
      one.received === snapshot.received &&
      one.sequence === snapshot.sequence,
  )
  return [
    ...newer.slice(0, 1).map((first) =>
      findingOf({
        guard: 'out-of-order',
        level: 'warn',
        seen: `${newer.length} newer received before`,
        threshold: 'received in the order of publication',
        comparedWith: first.snapshot,
        message: `it was received after ${first.snapshot}, which was published later`,
        next: 'Nothing to do: it stands in the history where it was published, and supersedes nothing newer',
        examples: newer.slice(0, 5).map((one) => one.snapshot),
      }),
    ),
    ...twins.slice(0, 1).map((twin) =>
      findingOf({
        guard: 'tie',
        level: 'warn',
        seen: `the dates of ${twin.snapshot}`,
        threshold: 'other dates, or a sequence number',
        comparedWith: twin.snapshot,
        message: `it has the same dates as ${twin.snapshot}; which of the two speaks is decided by their content alone`,
        next: 'Say which came first with --sequence, or with instants instead of days',
      }),
    ),
  ]
}
