import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resolveTerritory } from '../../../src/model/territories/codes.js'
import { expandTerritories, territoryPieces, territoryProblems } from '../../../src/model/territories/expand.js'
import { COUNTRIES, GROUPS } from '../../../src/model/territories/table.js'
import { ATOMS, TerritorySet } from '../../../src/model/territories/territory-set.js'
import fc from '../../support/property.js'

const codes = (text: string | null, on = '2024-01-01') => expandTerritories(text, on).set.codes()

describe('resolveTerritory', () => {
  it.each([
    ['US', 'country', 'US'],
    ['us', 'country', 'US'],
    ['840', 'country', 'US'],
    ['0840', 'country', 'US'],
    ['2136', 'group', '2136'],
    ['02136', 'group', '2136'],
    ['2WL', 'group', '2136'],
    // 2EU is Europe in TIS; the European Union is 2EN.
    ['2EU', 'group', '2120'],
    ['2EN', 'group', '2123'],
    ['WORLD', 'world', 'WORLD'],
    ['Worldwide', 'world', 'WORLD'],
    ['YU', 'historic', 'YU'],
    ['890', 'historic', '890'],
    ['0200', 'historic', '200'],
    ['AN', 'historic', 'AN'],
    // Letters taken over: the living country; the dead one only by number.
    ['DE', 'country', 'DE'],
    ['276', 'country', 'DE'],
    ['280', 'historic', '280'],
    ['ET', 'country', 'ET'],
    ['230', 'historic', '230'],
    ['ES-CN', 'subdivision', 'ES-CN'],
    ['ZZ-1', 'unknown', 'ZZ-1'],
    ['Europe', 'unknown', 'EUROPE'],
    ['2135', 'unknown', '2135'],
    // ISO numbers of countries that TIS does not have are no TIS numbers.
    ['KY', 'country', 'KY'],
    ['136', 'unknown', '136'],
    ['0', 'unknown', '0'],
    ['', 'unknown', ''],
  ])('%s is the %s %s', (code, kind, key) => {
    expect(resolveTerritory(code)).toEqual({ kind, key })
  })
})

describe('expandTerritories', () => {
  it('knows 249 living countries, 201 of them in TIS', () => {
    expect(ATOMS).toHaveLength(249)
    expect(ATOMS).toEqual([...ATOMS].sort())
    expect(codes('WORLD')).toEqual(ATOMS)
    expect(codes('2136')).toEqual(COUNTRIES.flatMap(([tis, code]) => (tis === null ? [] : [code])))
    expect(codes('2136', '1950-01-01')).toHaveLength(201)
    expect(codes('WORLD|!2136')).toHaveLength(48)
  })

  it('reads lists, exclusions and emptiness', () => {
    expect(codes('US|FR|0250')).toEqual(['FR', 'US'])
    expect(codes('WORLD|!DE|!AT')).toHaveLength(247)
    expect(codes('!DE')).toHaveLength(248)
    expect(codes('')).toHaveLength(249)
    expect(codes(null)).toHaveLength(249)
    expect(codes(' US | | ')).toEqual(['US'])
    expect(codes('2110|!LU')).toEqual(['BE', 'NL'])
    expect(codes('2131')).toEqual(['DK', 'NO', 'SE'])
  })

  it('follows the membership of the European Union', () => {
    expect(expandTerritories('2123', '2020-01-31').set.has('GB')).toBe(true)
    expect(expandTerritories('2123', '2020-02-01').set.has('GB')).toBe(false)
    expect(expandTerritories('2123', '2013-06-30').set.has('HR')).toBe(false)
    expect(codes('2123', '2013-07-01')).toHaveLength(28)
    expect(codes('2123', '2021-01-01')).toHaveLength(27)
    expect(codes('2123', '1958-01-01')).toEqual(['BE', 'FR', 'IT', 'LU', 'NL'])
    expect(codes('2123', '1957-12-31')).toEqual([])
  })

  it('does not let the map move: Europe of 2005 holds what is Serbia today', () => {
    expect(expandTerritories('2120', '2005-01-01').set.has('RS')).toBe(true)
    expect(expandTerritories('2100', '2010-01-01').set.has('SS')).toBe(true)
  })

  it('never takes a code that covers nothing for an empty text', () => {
    for (const text of ['Europe', 'YU', 'ES-CN', '0200', '9999']) expect(codes(text), text).toEqual([])
    expect(codes('XX|US')).toEqual(['US'])
    expect(codes('!XX')).toHaveLength(249)
  })

  it('reports what needs a note, as written', () => {
    expect(territoryProblems('US|Europe|YU|!es-cn|!0840|890|Europe|FR|!')).toEqual({
      unknown: ['Europe', '!'],
      historic: ['YU', '890'],
      subdivisions: ['es-cn'],
      contradictions: ['US'],
    })
    expect(codes('US|FR|!840')).toEqual(['FR'])
    expect(territoryProblems(null)).toEqual({ unknown: [], historic: [], subdivisions: [], contradictions: [] })
  })
})

describe('territoryPieces', () => {
  it('is one piece without dated groups', () => {
    expect(territoryPieces('2120|!GB')).toHaveLength(1)
    expect(territoryPieces(null)).toEqual([{ from: null, to: null, set: TerritorySet.WORLD }])
  })

  it('cuts where the membership of Benelux changes', () => {
    const pieces = territoryPieces('2110').map(({ from, to, set }) => [from, to, set.codes()])
    expect(pieces).toEqual([
      [null, '1948-01-01', []],
      ['1948-01-01', null, ['BE', 'LU', 'NL']],
    ])
  })

  it('keeps what is constant together', () => {
    // Only Britain leaving shows once every other member is excluded.
    const others = codes('2123', '2021-01-01').map((code) => `!${code}`)
    const pieces = territoryPieces(['2123', ...others].join('|'))
    expect(pieces.map(({ from, to, set }) => [from, to, set.codes()])).toEqual([
      [null, '1973-01-01', []],
      ['1973-01-01', '2020-02-01', ['GB']],
      ['2020-02-01', null, []],
    ])
  })
})

const GROUP_NUMBERS = GROUPS.map((row) => row.slice(0, 4))
const anyCode = fc.constantFrom(...ATOMS, ...GROUP_NUMBERS, 'WORLD', 'XX', 'YU')
const anyDate = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const anyText = fc
  .array(fc.tuple(fc.boolean(), anyCode), { maxLength: 6 })
  .map((list) => list.map(([exclude, code]) => (exclude ? `!${code}` : code)).join('|'))

describe('the algebra', () => {
  it('agrees with plain sets', () => {
    fc.assert(
      fc.property(fc.subarray([...ATOMS]), fc.subarray([...ATOMS]), (left, right) => {
        const [a, b] = [TerritorySet.of(left), TerritorySet.of(right)]
        const inRight = new Set(right)
        expect(a.codes()).toEqual([...left].sort())
        expect(a.intersect(b).codes()).toEqual(left.filter((code) => inRight.has(code)))
        expect(a.subtract(b).codes()).toEqual(left.filter((code) => !inRight.has(code)))
        expect(a.union(b).codes()).toEqual([...new Set([...left, ...right])].sort())
        expect(a.meets(b)).toBe(left.some((code) => inRight.has(code)))
        expect(a.isEmpty()).toBe(left.length === 0)
        expect(a.equals(b)).toBe(left.join() === right.join())
        expect(a.toBits()).toBe(ATOMS.map((code) => (left.includes(code) ? '1' : '0')).join(''))
        expect(TerritorySet.fromBits(a.toBits()).equals(a)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses what is no set', () => {
    expect(() => TerritorySet.of(['XX'])).toThrow('XX')
    expect(() => TerritorySet.fromBits('01')).toThrow('249')
    expect(TerritorySet.WORLD.has('XX')).toBe(false)
  })

  it('has pieces that cover time and say what the expansion says', () => {
    fc.assert(
      fc.property(anyText, anyDate, (text, date) => {
        const pieces = territoryPieces(text)
        expect(pieces[0]?.from).toBeNull()
        expect(pieces.at(-1)?.to).toBeNull()
        for (const [index, piece] of pieces.slice(1).entries()) {
          expect(pieces[index]?.to).toBe(piece.from)
          expect(pieces[index]?.set.equals(piece.set)).toBe(false)
        }
        const now = pieces.filter(({ from, to }) => (from ?? '') <= date && (to === null || date < to))
        expect(now.map(({ set }) => set.codes())).toEqual([codes(text, date)])
      }),
      { numRuns: 150 },
    )
  })
})

const SOURCE = '../shared/data'

describe.skipIf(!existsSync(`${SOURCE}/tis_membership.csv`))('against the published TIS tables', () => {
  /** Walks the source's own rows upwards from a country, without any of our code. */
  function naive(): (group: string, date: string) => string[] {
    const cells = (file: string) =>
      readFileSync(`${SOURCE}/${file}`, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.replace(/"[^"]*"/, 'NAME').split(','))
    const places = cells('tis.csv')
    const geographical = new Set(
      places.filter(([, , , kind]) => kind === 'group_geographical').map(([number]) => number),
    )
    const edges = cells('tis_membership.csv')
    const isBelow = (number: string, group: string, date: string): boolean =>
      number === group ||
      edges.some(
        ([child, parent = '', from = '', until = '']) =>
          child === number &&
          (geographical.has(parent) || (from <= date && date <= until)) &&
          isBelow(parent, group, date),
      )
    return (group, date) =>
      places
        .filter(([number = '', , , kind]) => kind === 'country' && isBelow(number, group, date))
        .map(([, letters = '']) => letters)
        .sort()
  }

  it.each(['1947-12-31', '1992-01-01', '2004-04-30', '2004-05-01', '2018-05-18', '2020-01-31', '2020-02-01'])(
    'every group on %s',
    (date) => {
      const membersOn = naive()
      for (const group of GROUP_NUMBERS) expect(codes(group, date), group).toEqual(membersOn(group, date))
      expect(GROUP_NUMBERS).toHaveLength(36)
    },
  )
})
