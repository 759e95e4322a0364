import { describe, expect, it } from 'vitest'
import { formatShare, isShareInRange, parseShare, shareToJson, sumsTo100 } from '../../../src/model/shares/share.js'
import fc from '../../support/property.js'

describe('parseShare', () => {
  it.each([
    ['50', 50_000_000n, false],
    ['33.333333', 33_333_333n, false],
    ['33.3333335', 33_333_334n, true],
    ['33.33333349999', 33_333_333n, true],
    ['-0.0000005', -1n, true],
    ['0.1000000', 100_000n, false],
    ['+12.5', 12_500_000n, false],
    ['-5', -5_000_000n, false],
    ['800', 800_000_000n, false],
    ['007', 7_000_000n, false],
    ['-0', 0n, false],
    ['.5', 500_000n, false],
    ['5.', 5_000_000n, false],
    ['99999999999999999999', 99_999_999_999_999_999_999_000_000n, false],
  ])('%s', (text, micro, rounded) => {
    expect(parseShare(text)).toEqual({ micro, rounded })
  })

  it.each([
    '',
    ' 50',
    '50 ',
    '33,33',
    '1e2',
    'NaN',
    'Infinity',
    '1_000',
    '.',
    '+',
    '-.',
    '50%',
    '0x10',
    '--5',
    '1.2.3',
    '５０',
  ])('refuses "%s"', (text) => {
    expect(parseShare(text)).toBeNull()
  })

  it('adds up thirds and tenths exactly', () => {
    const sum = (texts: string[]) => texts.reduce((total, text) => total + (parseShare(text)?.micro ?? 0n), 0n)
    expect(sum(['0.1', '0.2'])).toBe(300_000n)
    expect(sum(['33.333333', '33.333333', '33.333334'])).toBe(100_000_000n)
  })
})

describe('formatShare and shareToJson', () => {
  it.each([
    [50_000_000n, '50'],
    [33_333_333n, '33.3333'],
    [66_666_650n, '66.6667'],
    [-66_666_650n, '-66.6667'],
    [-49n, '0'],
    [50n, '0.0001'],
    [-5_000_000n, '-5'],
    [99_999_950n, '100'],
    [800_100_000n, '800.1'],
  ])('%s', (micro, text) => {
    expect(formatShare(micro)).toBe(text)
    expect(shareToJson(micro)).toBe(Number(text))
    expect(JSON.stringify(shareToJson(micro))).toBe(text)
  })

  it('gives back what has four decimals or fewer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -10_000_000n, max: 10_000_000n }), (units) => {
        const micro = units * 100n
        expect(parseShare(formatShare(micro))).toEqual({ micro, rounded: false })
        expect(JSON.stringify(shareToJson(micro))).toBe(formatShare(micro))
      }),
      { numRuns: 200 },
    )
  })
})

describe('ranges', () => {
  it('counts both edges in', () => {
    expect([0n, 100_000_000n].map(isShareInRange)).toEqual([true, true])
    expect([-1n, 100_000_001n, 800_000_000n].map(isShareInRange)).toEqual([false, false, false])
    expect([99_940_000n, 100_000_000n, 100_060_000n].map(sumsTo100)).toEqual([true, true, true])
    expect([99_939_999n, 100_060_001n, 0n].map(sumsTo100)).toEqual([false, false, false])
  })
})
