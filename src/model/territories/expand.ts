/** Territory texts of the tables: `|`-separated codes, `!` before a code excludes it; empty means WORLD. */
import type { Interval } from '../dates/intervals.js'
import {
  type CodeKind,
  coverageOf,
  coverageOn,
  cutTime,
  mergePieces,
  resolveTerritory,
  type TerritoryCode,
  type TerritoryPiece,
} from './codes.js'
import { TerritorySet } from './territory-set.js'

/** Codes that need a note (conflicts C-TER-03 and C-TER-04), as they were written, each once, in order of appearance. */
export interface TerritoryProblems {
  /** In no table of ISO or TIS. They cover nothing. */
  unknown: string[]
  /** Countries that no longer exist. They cover nothing. */
  historic: string[]
  /** ISO 3166-2, such as `ES-CN`. They cover nothing. */
  subdivisions: string[]
  /** Included and excluded by one text, in whatever spelling. They are excluded. */
  contradictions: string[]
}

export interface TerritoryExpansion extends TerritoryProblems {
  set: TerritorySet
}

interface Entry {
  readonly written: string
  readonly code: TerritoryCode
}

interface TerritoryList {
  readonly includes: readonly Entry[]
  readonly excludes: readonly Entry[]
}

const WORLD: Entry = { written: 'WORLD', code: resolveTerritory('WORLD') }

function parseList(text: string): TerritoryList {
  const includes: Entry[] = []
  const excludes: Entry[] = []
  for (const part of text.split('|').map((piece) => piece.trim())) {
    if (part === '') continue
    const written = part.replace(/^!\s*/, '')
    const entry = { written: written === '' ? part : written, code: resolveTerritory(written) }
    if (part.startsWith('!')) excludes.push(entry)
    else includes.push(entry)
  }
  return { includes, excludes }
}

/** Includes minus excludes; without includes, from the whole world. */
function setOn({ includes, excludes }: TerritoryList, date: string | null): TerritorySet {
  const sum = (entries: readonly Entry[]) =>
    entries.reduce((set, { code }) => set.union(coverageOn(code, date)), TerritorySet.EMPTY)
  return sum(includes.length === 0 ? [WORLD] : includes).subtract(sum(excludes))
}

function problemsOf({ includes, excludes }: TerritoryList): TerritoryProblems {
  const all = [...includes, ...excludes]
  const excluded = new Set(excludes.map(({ code }) => code.key))
  const written = (entries: readonly Entry[]) => [...new Set(entries.map((entry) => entry.written))]
  const ofKind = (kind: CodeKind) => written(all.filter(({ code }) => code.kind === kind))
  return {
    unknown: ofKind('unknown'),
    historic: ofKind('historic'),
    subdivisions: ofKind('subdivision'),
    contradictions: written(includes.filter(({ code }) => excluded.has(code.key))),
  }
}

/**
 * The atomic territories that a text covers on a full date, with the codes in it that need a note. Groups are expanded by
 * their membership on that date; `WORLD` is every ISO and TIS country, 2136 every TIS country, on every date.
 */
export function expandTerritories(text: string | null, onDate: string): TerritoryExpansion {
  const list = parseList(text ?? '')
  return { set: setOn(list, onDate), ...problemsOf(list) }
}

/** The codes in a text that need a note, without its date-dependent expansion. */
export function territoryProblems(text: string | null): TerritoryProblems {
  return problemsOf(parseList(text ?? ''))
}

/**
 * What a text covers over all of time: pieces (half-open dates, null = open) in date order without gap or overlap, whose
 * neighbours differ. One piece only, unless the text names a group with dated membership, such as the European Union.
 */
export function territoryPieces(text: string | null): TerritoryPiece[] {
  const list = parseList(text ?? '')
  const times = cutTime(
    [...list.includes, ...list.excludes].flatMap(({ code }) => coverageOf(code).map(({ from }: Interval) => from)),
  )
  return mergePieces(times.map((time) => ({ ...time, set: setOn(list, time.from) })))
}
