/** Half-open intervals of days, `from` included and `to` excluded; null is an open end. Dates are full ISO dates. */
import { compareDates, type DateRange } from './calendar.js'

export interface Interval {
  from: string | null
  to: string | null
}

/** Order of two starts, where null is before every day. */
function compareStarts(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  return compareDates(left, right)
}

/** Order of two ends, where null is after every day. */
function compareEnds(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  return compareDates(left, right)
}

/** Whether the interval holds no day: an end at or before its start. */
export function isEmptyInterval({ from, to }: Interval): boolean {
  return from !== null && to !== null && from >= to
}

/** The days that two intervals share; null when there are none. */
export function intersectIntervals(left: Interval, right: Interval): Interval | null {
  const shared = {
    from: compareStarts(left.from, right.from) >= 0 ? left.from : right.from,
    to: compareEnds(left.to, right.to) <= 0 ? left.to : right.to,
  }
  return isEmptyInterval(shared) || isEmptyInterval(left) || isEmptyInterval(right) ? null : shared
}

/** Whether two intervals share a day. */
export function overlaps(left: Interval, right: Interval): boolean {
  return intersectIntervals(left, right) !== null
}

/** Whether a full date lies in the interval. */
export function contains({ from, to }: Interval, date: string): boolean {
  return (from === null || from <= date) && (to === null || date < to)
}

/** The same days as sorted intervals with gaps between them: empty ones dropped, touching and overlapping ones joined. */
export function normaliseIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((interval) => !isEmptyInterval(interval))
  sorted.sort((left, right) => compareStarts(left.from, right.from))
  const joined: Interval[] = []
  for (const { from, to } of sorted) {
    const last = joined.at(-1)
    if (last === undefined || (last.to !== null && from !== null && last.to < from)) joined.push({ from, to })
    else if (compareEnds(to, last.to) > 0) last.to = to
  }
  return joined
}

/**
 * The two readings of an interval whose ends may be partial dates: all partial dates at their first possible day, and all
 * at their last. Equal for full dates. A reading may be empty (`isEmptyInterval`).
 */
export function intervalReadings(from: DateRange | null, to: DateRange | null): { first: Interval; last: Interval } {
  return {
    first: { from: from?.first ?? null, to: to?.first ?? null },
    last: { from: from?.last ?? null, to: to?.last ?? null },
  }
}
