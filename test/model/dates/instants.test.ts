import { describe, expect, it } from 'vitest'
import { compareInstants, endOfDay, parseInstant } from '../../../src/model/dates/instants.js'
import fc from '../../support/property.js'

describe('parseInstant', () => {
  it.each([
    ['2019-07-10', '2019-07-10T00:00:00Z'],
    ['2019-07-10T09:00:00Z', '2019-07-10T09:00:00Z'],
    ['2019-07-10T09:00Z', '2019-07-10T09:00:00Z'],
    ['2019-07-10t09:00:00z', '2019-07-10T09:00:00Z'],
    ['2019-07-10 09:00:00+00:00', '2019-07-10T09:00:00Z'],
    ['2019-07-10T01:30:00+02:00', '2019-07-09T23:30:00Z'],
    ['2019-12-31T20:00:00-05:30', '2020-01-01T01:30:00Z'],
    ['2019-07-10T09:00:00.250Z', '2019-07-10T09:00:00.25Z'],
    ['2019-07-10T09:00:00.000000Z', '2019-07-10T09:00:00Z'],
    ['2019-07-10T09:00:00.123456999Z', '2019-07-10T09:00:00.123456Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant)
    expect(parseInstant(instant)).toBe(instant)
  })

  it.each([
    '',
    '2019',
    '2019-07',
    '2019-02-29',
    '2019-02-29T09:00:00Z',
    '2019-07-10T09:00:00',
    '2019-07-10T24:00:00Z',
    '2019-07-10T09:60:00Z',
    '2019-07-10T09:00:60Z',
    '2019-07-10T09:00:00+24:00',
    '2019-07-10T09:00:00+02',
    '2019-07-10T09Z',
    '2019-07-10T09:00:00.Z',
    ' 2019-07-10',
    '2019-07-10T09:00:00Z ',
    'now',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-00:01',
  ])('refuses "%s"', (text) => {
    expect(parseInstant(text)).toBeNull()
  })
})

describe('compareInstants', () => {
  it('puts a fraction after the whole second', () => {
    expect(compareInstants('2019-07-10T09:00:00Z', '2019-07-10T09:00:00.25Z')).toBe(-1)
    expect(compareInstants('2019-07-10T09:00:00.3Z', '2019-07-10T09:00:00.25Z')).toBe(1)
    expect(compareInstants('2019-07-10T09:00:01Z', '2019-07-10T09:00:00.999999Z')).toBe(1)
    expect(compareInstants('2019-07-10T09:00:00Z', '2019-07-10T09:00:00Z')).toBe(0)
  })

  it('agrees with microseconds since the epoch', () => {
    const micros = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n })
    const write = (value: bigint) => {
      const second = new Date(Number(value / 1_000_000n) * 1000).toISOString().slice(0, 19)
      return parseInstant(`${second}.${String(value % 1_000_000n).padStart(6, '0')}Z`) ?? ''
    }
    const near = fc.tuple(micros, fc.bigInt({ min: -1_500_000n, max: 1_500_000n }))
    fc.assert(
      fc.property(near, ([left, step]) => {
        const right = left + step < 0n ? 0n : left + step
        expect(compareInstants(write(left), write(right))).toBe(left === right ? 0 : left < right ? -1 : 1)
      }),
      { numRuns: 200 },
    )
  })
})

describe('endOfDay', () => {
  it('is the first instant of the next day', () => {
    expect(endOfDay('2020-02-28')).toBe('2020-02-29T00:00:00Z')
    expect(endOfDay('9999-12-31')).toBeNull()
  })
})
