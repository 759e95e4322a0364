/** What a territory code means, and which countries it covers when. */
import { contains, type Interval, intersectIntervals } from '../dates/intervals.js'
import { COUNTRIES, GROUPS, HISTORIC } from './table.js'
import { TerritorySet } from './territory-set.js'

export type CodeKind = 'world' | 'country' | 'group' | 'historic' | 'subdivision' | 'unknown'

export interface TerritoryCode {
  readonly kind: CodeKind
  /** One text per meaning, whatever the spelling: `WORLD`, alpha-2 for a country, TIS number for a group. */
  readonly key: string
}

/** A time in which a code covers the same countries; half-open dates, null = open. */
export interface TerritoryPiece extends Interval {
  readonly set: TerritorySet
}

interface Group {
  readonly number: string
  readonly letters: string
  readonly isGeographical: boolean
  readonly members: readonly { readonly number: string; readonly when: Interval }[]
}

interface Member {
  readonly country: string
  readonly when: Interval
}

const ALWAYS: Interval = { from: null, to: null }

function readGroup(row: string): Group {
  const [number = '', letters = '', kind = '', , members = ''] = row.split('|')
  const isGeographical = kind === 'geographical'
  return {
    number,
    letters,
    isGeographical,
    members: members.split(' ').map((text) => {
      const [member = '', from = '', to = ''] = text.split(/[@/]/)
      // The source dates a country's place on the map from its independence. Land does not move: a licence for Europe of
      // 2005 covers what is Serbia today. So only political and economic groups have dates.
      const when = isGeographical ? ALWAYS : { from: from || null, to: to || null }
      return { number: member, when }
    }),
  }
}

const GROUP_LIST = GROUPS.map(readGroup)
const GROUP_BY_NUMBER = new Map(GROUP_LIST.map((group) => [group.number, group]))
const COUNTRY_BY_NUMBER = new Map(COUNTRIES.flatMap(([tis, code]) => (tis === null ? [] : [[String(tis), code]])))
const HISTORIC_NUMBERS = new Set(HISTORIC.flatMap(([tis]) => (tis === null ? [] : [String(tis)])))

/** Letters: a living country wins over a historic one of the same letters, which only its number names. */
const MEANING_BY_LETTERS = new Map<string, TerritoryCode>([
  ...HISTORIC.map(([, code]): [string, TerritoryCode] => [code, { kind: 'historic', key: code }]),
  ...COUNTRIES.map(([, code]): [string, TerritoryCode] => [code, { kind: 'country', key: code }]),
  ...GROUP_LIST.map(({ letters, number }): [string, TerritoryCode] => [letters, { kind: 'group', key: number }]),
  ['WORLD', { kind: 'world', key: 'WORLD' }],
  ['WORLDWIDE', { kind: 'world', key: 'WORLD' }],
])

/**
 * The meaning of one code in any case: `WORLD`, `Worldwide`, ISO 3166-1 alpha-2, TIS number (with or without leading
 * zeros), TIS letters of a group (`2WL`). Historic countries, ISO 3166-2 subdivisions and unknown codes cover nothing.
 */
export function resolveTerritory(code: string): TerritoryCode {
  const text = code.trim().toUpperCase()
  const number = /^0*([0-9]+)$/.exec(text)?.[1]
  if (number === undefined) {
    const country = /^([A-Z]{2})-[A-Z0-9]{1,3}$/.exec(text)?.[1]
    const isSubdivision = country !== undefined && MEANING_BY_LETTERS.has(country)
    return MEANING_BY_LETTERS.get(text) ?? { kind: isSubdivision ? 'subdivision' : 'unknown', key: text }
  }
  const country = COUNTRY_BY_NUMBER.get(number)
  if (country !== undefined) return { kind: 'country', key: country }
  if (GROUP_BY_NUMBER.has(number)) return { kind: 'group', key: number }
  return { kind: HISTORIC_NUMBERS.has(number) ? 'historic' : 'unknown', key: number }
}

/** All countries below a group with their time in it; a country can be there several times by several ways. */
function membersOf(number: string): Member[] {
  const country = COUNTRY_BY_NUMBER.get(number)
  if (country !== undefined) return [{ country, when: ALWAYS }]
  return (GROUP_BY_NUMBER.get(number)?.members ?? []).flatMap((child) =>
    membersOf(child.number).flatMap(({ country, when }) => {
      const shared = intersectIntervals(child.when, when)
      return shared === null ? [] : [{ country, when: shared }]
    }),
  )
}

/** Joins neighbouring pieces of equal sets. */
export function mergePieces(pieces: readonly TerritoryPiece[]): TerritoryPiece[] {
  const merged: TerritoryPiece[] = []
  for (const piece of pieces) {
    const last = merged.at(-1)
    if (last?.set.equals(piece.set)) merged[merged.length - 1] = { ...last, to: piece.to }
    else merged.push(piece)
  }
  return merged
}

/** All of time, cut at the given dates. */
export function cutTime(dates: Iterable<string | null>): Interval[] {
  const cuts = [...new Set(dates)].filter((date) => date !== null).sort()
  return [null, ...cuts].map((from, index) => ({ from, to: cuts[index] ?? null }))
}

/** Whether a time of `cutTime` lies in an interval whose ends are among its cuts. */
const lies = (when: Interval, interval: Interval) =>
  when.from === null ? interval.from === null : contains(interval, when.from)

const coverage = new Map<string, readonly TerritoryPiece[]>()

function groupCoverage(number: string): readonly TerritoryPiece[] {
  const known = coverage.get(number)
  if (known !== undefined) return known
  const members = membersOf(number)
  const pieces = mergePieces(
    cutTime(members.flatMap(({ when }) => [when.from, when.to])).map((time) => ({
      ...time,
      set: TerritorySet.of(members.filter(({ when }) => lies(time, when)).map(({ country }) => country)),
    })),
  )
  coverage.set(number, pieces)
  return pieces
}

/** What a code covers: pieces that follow one another over all of time, one only for whatever has no dates. */
export function coverageOf({ kind, key }: TerritoryCode): readonly TerritoryPiece[] {
  if (kind === 'group') return groupCoverage(key)
  if (kind === 'world') return [{ ...ALWAYS, set: TerritorySet.WORLD }]
  return [{ ...ALWAYS, set: kind === 'country' ? TerritorySet.of([key]) : TerritorySet.EMPTY }]
}

/** What a code covers on a full date; null means before every date that the table knows. */
export function coverageOn(code: TerritoryCode, date: string | null): TerritorySet {
  const pieces = coverageOf(code)
  const piece = date === null ? pieces[0] : pieces.find((candidate) => contains(candidate, date))
  return piece?.set ?? TerritorySet.EMPTY
}
