import { describe, expect, it } from 'vitest'
import { compareDates, exclusiveEnd, nextDay, parseCalendarDate } from '../../../src/model/dates/calendar.js'
import fc from '../../support/property.js'

describe('parseCalendarDate', () => {
  it.each([
    ['2019-06-01', '2019-06-01', '2019-06-01'],
    ['2019-06', '2019-06-01', '2019-06-30'],
    ['2019', '2019-01-01', '2019-12-31'],
    ['2020-02', '2020-02-01', '2020-02-29'],
    ['1900-02', '1900-02-01', '1900-02-28'],
    ['2000-02-29', '2000-02-29', '2000-02-29'],
    ['0001-01-01', '0001-01-01', '0001-01-01'],
    ['9999', '9999-01-01', '9999-12-31'],
  ])('%s is %s to %s', (text, first, last) => {
    expect(parseCalendarDate(text)).toEqual({ first, last })
  })

  it.each([
    '',
    ' 2019',
    '2019-06-01 ',
    '2019-06-01\n',
    '2019-6-1',
    '2019/06/01',
    '20190601',
    '2019-00',
    '2019-13',
    '2019-06-00',
    '2019-06-31',
    '2019-02-29',
    '1900-02-29',
    '0000',
    '0000-01-01',
    '10000-01-01',
    '-2019',
    '2019-06-01T00:00:00Z',
    '2019-06-01garbage',
    'infinity',
    'epoch',
    '29/09/2018',
    '２０１９',
  ])('refuses "%s"', (text) => {
    expect(parseCalendarDate(text)).toBeNull()
  })

  it('accepts a day just when the Gregorian calendar has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), fc.nat(14), fc.nat(33), (year, month, day) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        const date = new Date(Date.UTC(year, month - 1, day))
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
        expect(parseCalendarDate(text) !== null).toBe(exists)
      }),
      { numRuns: 300 },
    )
  })
})

describe('nextDay', () => {
  it.each([
    ['2019-06-01', '2019-06-02'],
    ['2019-06-30', '2019-07-01'],
    ['2019-12-31', '2020-01-01'],
    ['2020-02-28', '2020-02-29'],
    ['2019-02-28', '2019-03-01'],
    ['0001-12-31', '0002-01-01'],
    ['9999-12-31', null],
  ])('after %s comes %s', (date, next) => {
    expect(nextDay(date)).toBe(next)
  })
})

describe('compareDates', () => {
  it('orders days', () => {
    expect(compareDates('2019-06-01', '2019-06-02')).toBe(-1)
    expect(compareDates('2019-10-01', '2019-09-30')).toBe(1)
    expect(compareDates('2019-10-01', '2019-10-01')).toBe(0)
  })
})

describe('exclusiveEnd', () => {
  it('moves an inclusive end one day on', () => {
    expect(exclusiveEnd({ first: '2019-12-31', last: '2019-12-31' })).toEqual({
      first: '2020-01-01',
      last: '2020-01-01',
    })
    expect(exclusiveEnd({ first: '2019-01-01', last: '2019-12-31' })).toEqual({
      first: '2019-01-02',
      last: '2020-01-01',
    })
    expect(exclusiveEnd({ first: '9999-12-31', last: '9999-12-31' })).toEqual({ first: null, last: null })
  })
})
