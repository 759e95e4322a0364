import { describe, expect, it } from 'vitest'
import { BUCKETS } from '../../../src/report/index.js'
import { glyphsFor, stack } from '../../../src/ui/screens/timeline/glyphs.js'
import fc from '../../support/property.js'
import { figures } from './story.js'

const drawn = (text: string, height: number) =>
  stack(figures(text), height)
    .map((bucket) => glyphsFor(false)[bucket])
    .join('')

describe('a column of signs', () => {
  it('is in proportion, from the bottom up', () => {
    expect(drawn('#60 ?40', 10)).toBe('######????')
    expect(drawn('#60 ?40', 5)).toBe('###??')
    expect(drawn('#60 ?40', 3)).toBe('##?')
    expect(drawn('#50 +25 .25', 4)).toBe('##+.')
    expect(drawn('#33.3333 ~66.6667', 3)).toBe('#~~')
  })

  it('shows the smallest part while there is room, and is never full when something is missing', () => {
    expect(drawn('#99.9 .0.1', 10)).toBe('#########.')
    expect(drawn('#97 +1 ?1 .1', 4)).toBe('#+?.')
    expect(drawn('#60 +20 ?15 .5', 2)).toBe('#+')
    expect(drawn('#40 .60', 1)).toBe('.')
  })

  it('is empty where nothing is held', () => {
    expect(stack({ licensed: 0, exempt: 0, unlicensed: 0, unknown: 0, disputed: 0 }, 4)).toEqual([])
  })

  it('fills its height with what is held, in a fixed order', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 12 }), (values, height) => {
        const held = Object.fromEntries(BUCKETS.map((bucket, index) => [bucket, values[index] ?? 0])) as Record<
          (typeof BUCKETS)[number],
          number
        >
        const rows = stack(held, height)
        const isEmpty = values.every((value) => value === 0)
        expect(rows).toHaveLength(isEmpty ? 0 : height)
        expect(rows.map((bucket) => BUCKETS.indexOf(bucket))).toEqual(
          rows.map((bucket) => BUCKETS.indexOf(bucket)).sort((a, b) => a - b),
        )
        for (const bucket of rows) expect(held[bucket]).toBeGreaterThan(0)
        const count = BUCKETS.filter((bucket) => held[bucket] > 0).length
        if (count <= height) expect(new Set(rows).size).toBe(count)
      }),
    )
  })

  it('has five signs in each alphabet, all different', () => {
    for (const isUnicode of [true, false]) expect(new Set(Object.values(glyphsFor(isUnicode))).size).toBe(5)
  })
})
