/**
 * CWR territory lines (SPT, SWT, OPT, OWT, TER): in order, each includes or excludes one TIS code, and a later line
 * overrides earlier ones for the countries that it covers. Folded into texts of the tables (`expand.ts`).
 */
import { coverageOf, coverageOn, cutTime, resolveTerritory, type TerritoryCode } from './codes.js'
import { TerritorySet } from './territory-set.js'

export interface TerritoryLine {
  include: boolean
  /** TIS number or any other code that `resolveTerritory` knows, as the file has it. */
  tis: string
}

export interface TerritoryRow<L> {
  /** A territory text that covers exactly the countries in which these lines have the last word, on every date. */
  territories: string
  /** The include lines that the row stands for, in file order; at least one. */
  lines: L[]
}

export interface FoldedTerritories<L> {
  /** In the order of their first line. No two rows cover the same country on the same date. */
  rows: TerritoryRow<L>[]
  /** Lines without a code that a territory text could hold (blank, or with `|` or `!` in it): they cover nothing. */
  unreadable: L[]
  /** Include lines of which later lines leave no country on any date. */
  overridden: L[]
}

interface Placed<L> {
  readonly line: L
  readonly order: number
  readonly written: string
  readonly code: TerritoryCode
  /** Every country that the code covers on some date. */
  readonly ever: TerritorySet
}

function place<L extends TerritoryLine>(line: L, order: number): Placed<L> {
  const written = line.tis.trim()
  const code = resolveTerritory(written)
  const ever = coverageOf(code).reduce((sum, { set }) => sum.union(set), TerritorySet.EMPTY)
  return { line, order, written, code, ever }
}

/** Whether two lines speak of the same: a common country on some date, or the same code that covers nothing. */
const meet = <L>(left: Placed<L>, right: Placed<L>) => left.code.key === right.code.key || left.ever.meets(right.ever)

/** Whether later lines cover all that a line covers, on every date. */
function isOverridden<L>(placed: Placed<L>, later: readonly Placed<L>[]): boolean {
  const rivals = later.filter((other) => meet(placed, other))
  if (rivals.length === 0) return false
  if (rivals.some((other) => other.code.key === placed.code.key)) return true
  const cuts = [placed, ...rivals].flatMap(({ code }) => coverageOf(code).map(({ from }) => from))
  return cutTime(cuts).every(({ from }) =>
    rivals.reduce((left, { code }) => left.subtract(coverageOn(code, from)), coverageOn(placed.code, from)).isEmpty(),
  )
}

const byCode = (left: string, right: string) => left.length - right.length || (left < right ? -1 : 1)

/** One text for the members: all their codes, minus every line outside the row that comes after its first member. */
function write<L extends TerritoryLine>(members: readonly Placed<L>[], all: readonly Placed<L>[]): TerritoryRow<L> {
  const first = members[0]?.order ?? 0
  const others = all.filter((other) => other.order > first && !members.includes(other))
  // Codes that cover nothing are kept where they were excluded, so that they can be reported.
  const excludes = others.filter((other) =>
    other.ever.isEmpty() ? !other.line.include : members.some((member) => meet(member, other)),
  )
  const codes = (list: readonly Placed<L>[], mark: string) =>
    [...new Map(list.map(({ code, written }) => [code.key, written])).values()].sort(byCode).map((code) => mark + code)
  return {
    territories: [...codes(members, ''), ...codes(excludes, '!')].join('|'),
    lines: members.map(({ line }) => line),
  }
}

/**
 * Whether a line may join a row: between the row's first member and the line, no line outside the row may speak of what
 * the line covers, because the row's text would take that away from the line too.
 */
function mayJoin<L>(row: readonly Placed<L>[], candidate: Placed<L>, all: readonly Placed<L>[]): boolean {
  const first = row[0]?.order ?? 0
  return !all.some(
    (other) => other.order > first && other.order < candidate.order && !row.includes(other) && meet(other, candidate),
  )
}

/**
 * The rows to which ordered include and exclude lines of one party and right come down (CWR 2.1 and 2.2, SPT, SWT and TER
 * records): lines of the same value (as `sameValue` says, e.g. equal shares) share a row where one text can say it.
 * Exclude lines leave no row, only `!` in earlier ones. Never throws.
 */
export function foldTerritoryLines<L extends TerritoryLine>(
  lines: readonly L[],
  sameValue: (left: L, right: L) => boolean,
): FoldedTerritories<L> {
  const isReadable = ({ tis }: L) => /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(tis.trim())
  const all = lines.filter(isReadable).map(place)
  const rows: Placed<L>[][] = []
  const overridden: L[] = []
  for (const placed of all) {
    if (!placed.line.include) continue
    if (isOverridden(placed, all.slice(placed.order + 1))) {
      overridden.push(placed.line)
      continue
    }
    const row = rows.find(
      ([first, ...rest]) =>
        first !== undefined && sameValue(first.line, placed.line) && mayJoin([first, ...rest], placed, all),
    )
    if (row === undefined) rows.push([placed])
    else row.push(placed)
  }
  return { rows: rows.map((row) => write(row, all)), unreadable: lines.filter((line) => !isReadable(line)), overridden }
}
