import { describe, expect, it } from 'vitest'
import { expandTerritories } from '../../../src/model/territories/expand.js'
import { foldTerritoryLines } from '../../../src/model/territories/fold.js'
import { formatTerritories } from '../../../src/model/territories/format.js'
import { ATOMS, TerritorySet } from '../../../src/model/territories/territory-set.js'
import fc from '../../support/property.js'

interface Line {
  include: boolean
  tis: string
  share: number
}

/** `+2136:50` includes, `-0840` excludes. */
function line(text: string): Line {
  const [tis = '', share = '0'] = text.slice(1).split(':')
  return { include: text.startsWith('+'), tis, share: Number(share) }
}
const fold = (...texts: string[]) => foldTerritoryLines(texts.map(line), (a, b) => a.share === b.share)
const rows = (...texts: string[]) =>
  fold(...texts).rows.map(({ territories, lines }) => [territories, lines[0]?.share, lines.length])

describe('foldTerritoryLines', () => {
  it('folds the usual pattern of CWR', () => {
    expect(rows('+2136:50', '-0840', '+0840:25')).toEqual([
      ['2136|!0840', 50, 1],
      ['0840', 25, 1],
    ])
    expect(rows('+2136:50')).toEqual([['2136', 50, 1]])
    expect(rows('+2136:50', '-0840', '-0124')).toEqual([['2136|!0124|!0840', 50, 1]])
  })

  it('joins lines of the same share, in the order of their codes', () => {
    expect(rows('+0276:50', '+0250:50', '+0040:30')).toEqual([
      ['0250|0276', 50, 2],
      ['0040', 30, 1],
    ])
  })

  it('keeps lines apart that one text cannot hold', () => {
    // Europe without the European Union, but with France again.
    expect(rows('+2120:50', '-2123', '+0250:50')).toEqual([
      ['2120|!0250|!2123', 50, 1],
      ['0250', 50, 1],
    ])
  })

  it('lets an exclusion before the include say nothing', () => {
    expect(rows('-0840', '+2136:50')).toEqual([['2136', 50, 1]])
    expect(rows('-0840')).toEqual([])
  })

  it('reports lines of which nothing is left', () => {
    const folded = fold('+0840:10', '+2136:50', '+2136:60')
    expect(folded.rows.map(({ territories }) => territories)).toEqual(['2136'])
    expect(folded.overridden.map(({ share }) => share)).toEqual([10, 50])
    expect(fold('+2131:10', '+0208:1', '+0578:1', '+0752:1').overridden).toHaveLength(1)
  })

  it('keeps codes that cover nothing, and never writes an empty text', () => {
    expect(rows('+9999:50', '-9998', '+0890:50')).toEqual([['0890|9999|!9998', 50, 2]])
    const folded = fold('+    :50', '+!840:50', '+08|4:50', '+0840:50')
    expect(folded.rows.map(({ territories }) => territories)).toEqual(['0840'])
    expect(folded.unreadable).toHaveLength(3)
  })

  it('gives each country the last word of the lines, on every date', () => {
    const tis = fc.constantFrom(
      '2136',
      '2120',
      '2123',
      '2131',
      '2114',
      '0840',
      '0826',
      '0250',
      '0752',
      '0578',
      '9999',
      'US',
    )
    const lines = fc.array(fc.record({ include: fc.boolean(), tis, share: fc.constantFrom(1, 2) }), { maxLength: 7 })
    const date = fc.constantFrom('1950-01-01', '1990-06-01', '2019-12-31', '2020-02-01')
    fc.assert(
      fc.property(lines, date, (given: Line[], on) => {
        const lastWord = new Map<string, number>()
        for (const { include, tis: code, share } of given) {
          for (const country of expandTerritories(code, on).set.codes()) {
            if (include) lastWord.set(country, share)
            else lastWord.delete(country)
          }
        }
        const folded = foldTerritoryLines(given, (a, b) => a.share === b.share)
        const found: [string, number][] = []
        for (const { territories, lines: members } of folded.rows) {
          const expansion = expandTerritories(territories, on)
          expect(expansion.contradictions).toEqual([])
          expect(new Set(members.map(({ share }) => share)).size).toBe(1)
          for (const country of expansion.set.codes()) found.push([country, members[0]?.share ?? Number.NaN])
        }
        expect(found.sort()).toEqual([...lastWord].sort())
        const included = given.filter(({ include }) => include).length
        expect(folded.rows.flatMap((row) => row.lines).length + folded.overridden.length).toBe(included)
      }),
      { numRuns: 200 },
    )
  })
})

describe('formatTerritories', () => {
  const set = (text: string) => expandTerritories(text, '2024-01-01').set

  it.each([
    ['', 'WORLD'],
    ['2136', '2136'],
    ['2136|!0840', '2136|!US'],
    ['WORLD|!AT|!DE', 'WORLD|!AT|!DE'],
    ['2136|KY', '2136|KY'],
    ['US|FR', 'FR|US'],
    ['2131', 'DK|NO|SE'],
    ['XX', 'NONE'],
  ])('writes "%s" as %s', (text, shortest) => {
    expect(formatTerritories(set(text))).toBe(shortest)
  })

  it('reads back as the same set on any date', () => {
    fc.assert(
      fc.property(fc.subarray([...ATOMS]), fc.constantFrom('1950-01-01', '2024-01-01'), (codes, on) => {
        const given = TerritorySet.of(codes)
        for (const one of [given, TerritorySet.WORLD.subtract(given)]) {
          const back = expandTerritories(formatTerritories(one), on)
          expect(back.set.codes()).toEqual(one.codes())
          expect(back.contradictions).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })
})
