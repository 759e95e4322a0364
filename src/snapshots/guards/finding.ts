/** What guards see, and what follows from it. */
import type { GuardName } from './names.js'
import type { Limit, Limits } from './settings.js'

/** What a snapshot's guards conclude of it together. */
export type Verdict = 'accept' | 'warn' | 'quarantine'

/** How much one thing weighs: a remark changes no verdict. */
export type Level = 'remark' | 'warn' | 'quarantine'

export interface GuardFinding {
  readonly guard: GuardName
  readonly level: Level
  readonly relation: string | null
  /** The column, owner or key that it is about. */
  readonly about: string | null
  /** What was seen, and the threshold that it passed, in words. */
  readonly seen: string
  readonly threshold: string
  /** The figures behind `seen` where they are rows: so many, of so many. */
  readonly rows: { readonly seen: number; readonly base: number } | null
  /** Id of the snapshot that this one was compared with. */
  readonly comparedWith: string | null
  /** The whole of it in one sentence. */
  readonly message: string
  /** What to do next. */
  readonly next: string
  readonly examples: readonly string[]
}

/** A finding with what is seldom said left out. */
export type Sighting = Pick<GuardFinding, 'guard' | 'level' | 'seen' | 'threshold' | 'message' | 'next'> &
  Partial<GuardFinding>

export const findingOf = (sighting: Sighting): GuardFinding => ({
  relation: null,
  about: null,
  rows: null,
  comparedWith: null,
  examples: [],
  ...sighting,
})

/** The worst of what was found. */
export function verdictOf(findings: readonly Pick<GuardFinding, 'level'>[]): Verdict {
  const levels = new Set(findings.map(({ level }) => level))
  if (levels.has('quarantine')) return 'quarantine'
  return levels.has('warn') ? 'warn' : 'accept'
}

const THOUSANDS = /\B(?=(\d{3})+(?!\d))/g

/** A number of rows with thousands marks. */
export const count = (n: number): string => String(n).replace(THOUSANDS, ',')

/**
 * A part as a percentage with one decimal, exact at its ends: what is not nothing is never `0 %`, and what is not all is
 * never `100 %`.
 */
export function percentOf(seen: number, base: number): string {
  if (base === 0) return seen === 0 ? '0 %' : 'all of none'
  const tenths = Math.round((seen * 1000) / base)
  if (tenths === 0 && seen > 0) return 'under 0.1 %'
  if (tenths === 1000 && seen < base) return 'over 99.9 %'
  return `${tenths / 10} %`
}

const passes = ({ rows, percent }: Limit, seen: number, base: number, from: number): boolean =>
  (rows !== undefined && seen > rows) || (percent !== undefined && base >= from && seen * 100 > percent * base)

/** The level of so many rows of so many; null within the limits. A limit itself is still within. */
export function levelOf(limits: Limits, seen: number, base: number): 'warn' | 'quarantine' | null {
  for (const level of ['quarantine', 'warn'] as const) {
    const limit = limits[level]
    if (limit !== undefined && passes(limit, seen, base, limits.from)) return level
  }
  return null
}

/** A limit in words: `20 % of at least 1,000 rows`. */
export function limitText(limits: Limits, level: 'warn' | 'quarantine'): string {
  const { rows, percent } = limits[level] ?? {}
  const parts = [
    ...(percent === undefined ? [] : [`${percent} % of at least ${count(limits.from)} rows`]),
    ...(rows === undefined ? [] : [`${count(rows)} rows`]),
  ]
  return parts.join(' or ')
}
