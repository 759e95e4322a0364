import { describe, expect, it } from 'vitest'
import { benchModule } from './kit.js'

const { median, percentile, growthExponent } = await benchModule<{
  median(numbers: readonly number[]): number
  percentile(numbers: readonly number[], percent: number): number
  growthExponent(from: readonly [number, number], to: readonly [number, number]): number
}>('support/statistics.js')

describe('figures over samples', () => {
  it('takes the middle one, or the mean of the middle two', () => {
    // 10 sorts after 9 as a number, before it as a text.
    expect(median([10, 9, 1])).toBe(9)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(() => median([])).toThrow('median of nothing')
  })

  it('takes percentiles by nearest rank', () => {
    const fifteen = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    expect(percentile(fifteen, 95)).toBe(15)
    expect(percentile(fifteen, 50)).toBe(8)
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], 95)).toBe(19)
    expect(() => percentile([], 95)).toThrow('percentile of nothing')
  })

  it('tells linear, constant and quadratic growth', () => {
    expect(growthExponent([1e4, 2], [1e5, 20])).toBeCloseTo(1)
    expect(growthExponent([1e4, 2], [1e6, 2])).toBeCloseTo(0)
    expect(growthExponent([10, 3], [30, 27])).toBeCloseTo(2)
  })
})
