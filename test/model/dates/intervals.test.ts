import { describe, expect, it } from 'vitest'
import { parseCalendarDate } from '../../../src/model/dates/calendar.js'
import {
  contains,
  type Interval,
  intersectIntervals,
  intervalReadings,
  isEmptyInterval,
  normaliseIntervals,
  overlaps,
} from '../../../src/model/dates/intervals.js'
import fc from '../../support/property.js'

const interval = (from: string | null, to: string | null): Interval => ({ from, to })

/** Twelve days; open ends reach beyond both sides, so two days are never an interval's end. */
const DAYS = Array.from({ length: 12 }, (_, n) => `2020-01-${String(n + 1).padStart(2, '0')}`)
const end = fc.option(fc.constantFrom(...DAYS.slice(1, -1)), { nil: null })
const anyInterval = fc.record({ from: end, to: end })

/** The days of the window in an interval, by plain comparison of numbers. */
function daysIn({ from, to }: Interval): Set<number> {
  const first = from === null ? 1 : Number(from.slice(8))
  const beyond = to === null ? 13 : Number(to.slice(8))
  return new Set(DAYS.map((_, n) => n + 1).filter((day) => day >= first && day < beyond))
}

describe('intervals against sets of days', () => {
  it('intersect, overlap, contain and emptiness', () => {
    fc.assert(
      fc.property(anyInterval, anyInterval, (left, right) => {
        const shared = [...daysIn(left)].filter((day) => daysIn(right).has(day))
        const found = intersectIntervals(left, right)
        expect(found === null ? [] : [...daysIn(found)]).toEqual(shared)
        expect(overlaps(left, right)).toBe(shared.length > 0)
        expect(isEmptyInterval(left)).toBe(daysIn(left).size === 0)
        for (const [n, day] of DAYS.entries()) expect(contains(left, day)).toBe(daysIn(left).has(n + 1))
      }),
      { numRuns: 300 },
    )
  })

  it('normalise keeps the days, sorts, and leaves a gap between neighbours', () => {
    fc.assert(
      fc.property(fc.array(anyInterval, { maxLength: 6 }), (list) => {
        const before = JSON.stringify(list)
        const joined = normaliseIntervals(list)
        expect(new Set(joined.flatMap((one) => [...daysIn(one)]))).toEqual(
          new Set(list.flatMap((one) => [...daysIn(one)]).sort((a, b) => a - b)),
        )
        for (const [index, one] of joined.entries()) {
          expect(isEmptyInterval(one)).toBe(false)
          const next = joined[index + 1]
          if (next !== undefined) expect((one.to ?? 'open') < (next.from ?? '')).toBe(true)
        }
        expect(JSON.stringify(list)).toBe(before)
      }),
      { numRuns: 300 },
    )
  })
})

describe('intervals by example', () => {
  it('does not count the exclusive end', () => {
    expect(overlaps(interval('2019-01-01', '2020-01-01'), interval('2020-01-01', null))).toBe(false)
    expect(contains(interval('2019-01-01', '2020-01-01'), '2020-01-01')).toBe(false)
    expect(contains(interval(null, null), '2020-01-01')).toBe(true)
    // An end before its start holds nothing, and shares nothing even with all of time.
    expect(intersectIntervals(interval('2020-01-01', '2019-01-01'), interval(null, null))).toBeNull()
  })

  it('joins touching and overlapping intervals', () => {
    expect(
      normaliseIntervals([
        interval('2021-01-01', null),
        interval('2019-01-01', '2019-06-01'),
        interval('2018-01-01', '2018-01-01'),
        interval('2019-06-01', '2020-01-01'),
        interval('2019-02-01', '2019-03-01'),
      ]),
    ).toEqual([interval('2019-01-01', '2020-01-01'), interval('2021-01-01', null)])
  })
})

describe('intervalReadings', () => {
  it('takes partial dates at their first and at their last possible day', () => {
    expect(intervalReadings(parseCalendarDate('2019'), parseCalendarDate('2021-06'))).toEqual({
      first: interval('2019-01-01', '2021-06-01'),
      last: interval('2019-12-31', '2021-06-30'),
    })
    expect(intervalReadings(null, parseCalendarDate('2020-01-01'))).toEqual({
      first: interval(null, '2020-01-01'),
      last: interval(null, '2020-01-01'),
    })
  })
})
