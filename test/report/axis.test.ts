/** Which days are shown, and where marks stand. */
import { describe, expect, it } from 'vitest'
import { dateOfNumber, dayNumber, FIRST_DAY_NUMBER, LAST_DAY_NUMBER } from '../../src/model/dates/day-numbers.js'
import { shownRange, ticks } from '../../src/report/index.js'
import fc from '../support/property.js'

type Spans = readonly (readonly [string | null, string | null])[]
const range = (spans: Spans, known = '2022-04-11') => {
  const { from, to } = shownRange([{ segments: spans.map(([start, end]) => ({ from: start, to: end })) }], known)
  return [dateOfNumber(from), dateOfNumber(to)]
}

describe('the days shown', () => {
  it('are all events with room beside them: half a year, or a tenth of the time between', () => {
    expect(
      range([
        [null, '2020-01-01'],
        ['2020-01-01', null],
      ]),
    ).toEqual(['2019-07-05', '2020-06-29'])
    // 3653 days from first to last: 366 days of room.
    expect(
      range([
        [null, '2010-01-01'],
        ['2010-01-01', '2020-01-02'],
        ['2020-01-02', null],
      ]),
    ).toEqual(['2008-12-31', '2021-01-02'])
  })

  it('are those that were asked for', () => {
    expect(range([['2019-01-01', '2021-01-01']])).toEqual(['2019-01-01', '2021-01-01'])
    expect(range([['2019-01-01', null]])).toEqual(['2019-01-01', '2019-06-30'])
  })

  it('are around the date of knowledge where nothing has a date', () => {
    expect(range([[null, null]])).toEqual(['2017-04-12', '2023-04-11'])
    expect(range([], '2022-04-11T12:00:00Z')).toEqual(['2017-04-12', '2023-04-11'])
  })

  it('stay within the days that can be written', () => {
    expect(
      range([
        [null, '0001-01-02'],
        ['0001-01-02', '9999-12-30'],
        ['9999-12-30', null],
      ]),
    ).toEqual(['0001-01-01', '9999-12-31'])
  })
})

const labels = (from: string, to: string, columns: number): string[] => {
  const days = { from: dayNumber(from), to: dayNumber(to) }
  const perDay = columns / (days.to - days.from)
  return ticks(days, (characters, between) => between * perDay >= characters + 2).map(({ label }) => label)
}

describe('marks', () => {
  it('stand at years, months or days, as there is room', () => {
    // 60 columns for 1096 days: a month has 1.5 of them, half a year 9.2, which is room for 2018-07.
    expect(labels('2018-01-01', '2021-01-01', 60)).toEqual([
      '2018-01',
      '2018-07',
      '2019-01',
      '2019-07',
      '2020-01',
      '2020-07',
    ])
    expect(labels('2000-01-01', '2020-01-01', 60)).toEqual(['2000', '2005', '2010', '2015'])
    expect(labels('2020-02-01', '2020-03-01', 60)).toEqual(['2020-02-01', '2020-02-11'])
    expect(labels('2020-01-01', '2020-01-04', 60)).toEqual(['2020-01-01', '2020-01-02', '2020-01-03'])
  })

  it('are in the range, in order, and never closer than there is room', () => {
    const spans = fc.record({
      from: fc.integer({ min: FIRST_DAY_NUMBER, max: LAST_DAY_NUMBER - 400_000 }),
      days: fc.integer({ min: 1, max: 400_000 }),
      columns: fc.integer({ min: 20, max: 300 }),
    })
    fc.assert(
      fc.property(spans, ({ from, days, columns }) => {
        const to = from + Math.max(days, columns)
        const perDay = columns / (to - from)
        const marks = ticks({ from, to }, (characters, between) => between * perDay >= characters + 2)
        marks.forEach(({ day, label }, index) => {
          expect(day >= from && day < to).toBe(true)
          expect(dateOfNumber(day).startsWith(label)).toBe(true)
          const before = marks[index - 1]
          if (before !== undefined) expect((day - before.day) * perDay).toBeGreaterThanOrEqual(label.length + 2 - 1e-9)
        })
        if (to - from > 3 * 366 && perDay * 365 > 7) expect(marks.length).toBeGreaterThan(0)
      }),
    )
  })
})
