/** Time on columns, against a count of every day by itself. */
import { describe, expect, it } from 'vitest'
import { dateOfNumber, dayNumber, FIRST_DAY_NUMBER, LAST_DAY_NUMBER } from '../../../src/model/dates/day-numbers.js'
import {
  cellsOf,
  columnOf,
  columnStart,
  fitted,
  holding,
  panned,
  type Span,
  zoomed,
} from '../../../src/ui/screens/timeline/columns.js'
import fc from '../../support/property.js'

const axis = fc
  .record({
    columns: fc.integer({ min: 1, max: 300 }),
    from: fc.integer({ min: FIRST_DAY_NUMBER, max: LAST_DAY_NUMBER - 40_000 }),
    more: fc.integer({ min: 0, max: 30_000 }),
  })
  .map(({ columns, from, more }) => ({ columns, range: { from, to: from + columns + more } }))

describe('day numbers', () => {
  it('count from 1970 and reach from year 1 to year 9999', () => {
    expect(dayNumber('1970-01-02')).toBe(1)
    expect(dayNumber('2020-03-01') - dayNumber('2020-02-28')).toBe(2)
    expect(dateOfNumber(FIRST_DAY_NUMBER)).toBe('0001-01-01')
    expect(dateOfNumber(LAST_DAY_NUMBER + 5)).toBe('9999-12-31')
  })

  it('and dates are the same thing', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST_DAY_NUMBER, max: LAST_DAY_NUMBER }), (day) => {
        expect(dayNumber(dateOfNumber(day))).toBe(day)
      }),
    )
  })
})

describe('columns', () => {
  it('share the days out: each day is in one column, and in the order of time', () => {
    fc.assert(
      fc.property(axis, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), ({ range, columns }, part) => {
        const day = range.from + Math.floor(part * (range.to - range.from))
        const column = columnOf(range, columns, day)
        expect(column).toBeGreaterThanOrEqual(0)
        expect(column).toBeLessThan(columns)
        expect(columnStart(range, columns, column)).toBeLessThanOrEqual(day)
        expect(columnStart(range, columns, column + 1)).toBeGreaterThan(day)
      }),
    )
  })

  it('have at least a day each, and together all of them', () => {
    fc.assert(
      fc.property(axis, ({ range, columns }) => {
        const starts = Array.from({ length: columns + 1 }, (_, column) => columnStart(range, columns, column))
        expect(starts[0]).toBe(range.from)
        expect(starts[columns]).toBe(range.to)
        for (const [index, start] of starts.slice(1).entries()) expect(start).toBeGreaterThan(starts[index] ?? 0)
      }),
    )
  })

  it('tell days outside by columns outside', () => {
    expect(columnOf({ from: 0, to: 100 }, 10, -1)).toBe(-1)
    expect(columnOf({ from: 0, to: 100 }, 10, 100)).toBe(10)
  })
})

const held = (licensed: number, unlicensed = 100 - licensed) => ({
  licensed,
  unlicensed,
  exempt: 0,
  unknown: 0,
  disputed: 0,
})

describe('cells', () => {
  /** Neighbouring spans over a range that is open at both ends. */
  const spans = fc
    .uniqueArray(fc.integer({ min: -50, max: 450 }), { minLength: 1, maxLength: 6 })
    .chain((days) =>
      fc.tuple(
        fc.constant([...days].sort((a, b) => a - b)),
        fc.array(fc.constantFrom(0, 40, 100), { minLength: days.length + 1, maxLength: days.length + 1 }),
      ),
    )
    .map(([days, figures]): Span[] =>
      figures.map((licensed, index) => ({
        from: index === 0 ? null : dateOfNumber(days[index - 1] ?? 0),
        to: index === days.length ? null : dateOfNumber(days[index] ?? 0),
        ...held(licensed),
      })),
    )

  it('show the least licensed day that they stand for', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 20, max: 120 }), (all, columns) => {
        const range = { from: 0, to: 400 }
        const licensedOn = (day: number) =>
          all.find(({ to }) => to === null || day < dayNumber(to))?.licensed ?? Number.NaN
        const cells = cellsOf(all, range, columns)
        cells.forEach((cell, column) => {
          const [first, next] = [columnStart(range, columns, column), columnStart(range, columns, column + 1)]
          const least = Math.min(...Array.from({ length: next - first }, (_, day) => licensedOn(first + day)))
          expect(cell?.licensed).toBe(least)
        })
      }),
    )
  })

  it('never hide a gap of one day, however far out', () => {
    const gap: Span[] = [
      { from: null, to: '2020-01-01', ...held(100) },
      { from: '2020-01-01', to: '2020-01-02', ...held(0) },
      { from: '2020-01-02', to: null, ...held(100) },
    ]
    const range = { from: dayNumber('1950-01-01'), to: dayNumber('2050-01-01') }
    expect(cellsOf(gap, range, 60).filter((cell) => cell?.licensed === 0)).toHaveLength(1)
  })

  it('are empty where nothing was asked for', () => {
    const [before, , after] = cellsOf([{ from: '1970-01-11', to: '1970-01-21', ...held(100) }], { from: 0, to: 30 }, 3)
    expect([before, after]).toEqual([null, null])
  })
})

describe('the view', () => {
  it('always has a day for each column and stays within the days that can be written', () => {
    const moves = fc.array(
      fc.oneof(
        fc.record({ zoom: fc.constantFrom(1 / 2, 2), around: fc.double({ min: 0, max: 1, noNaN: true }) }),
        fc.record({ pan: fc.constantFrom(-1 / 4, 1 / 4) }),
        fc.record({ hold: fc.integer({ min: FIRST_DAY_NUMBER, max: LAST_DAY_NUMBER }) }),
      ),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(axis, moves, ({ range, columns }, all) => {
        let view = fitted(range, columns)
        for (const move of all) {
          if ('zoom' in move) {
            const around = Math.min(view.to - 1, view.from + Math.floor(move.around * (view.to - view.from)))
            view = zoomed(view, columns, move.zoom, around)
          } else if ('pan' in move) view = panned(view, columns, move.pan)
          else {
            view = holding(view, columns, move.hold)
            expect(move.hold >= view.from && move.hold < view.to).toBe(true)
          }
          expect(view.to - view.from).toBeGreaterThanOrEqual(columns)
          expect(view.from).toBeGreaterThanOrEqual(FIRST_DAY_NUMBER)
          expect(view.to).toBeLessThanOrEqual(LAST_DAY_NUMBER + 1)
        }
      }),
    )
  })

  it('zooms around a day that keeps its column', () => {
    // 1000 days on 100 columns; day 250 is a quarter in, and stays a quarter in.
    expect(zoomed({ from: 0, to: 1000 }, 100, 1 / 2, 250)).toEqual({ from: 125, to: 625 })
    expect(zoomed({ from: 0, to: 1000 }, 100, 2, 250)).toEqual({ from: -250, to: 1750 })
  })

  it('does not zoom in beyond a day for each column', () => {
    expect(zoomed({ from: 0, to: 100 }, 100, 1 / 2, 50)).toEqual({ from: 0, to: 100 })
  })
})
