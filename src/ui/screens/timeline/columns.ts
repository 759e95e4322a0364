/** Time on columns: which days a column stands for, and what it shows of them. Days are whole numbers (model/dates). */
import { dayNumber, FIRST_DAY_NUMBER, LAST_DAY_NUMBER } from '../../../model/dates/day-numbers.js'
import type { DayRange, Figures } from '../../../report/index.js'

const MOST_DAYS = LAST_DAY_NUMBER - FIRST_DAY_NUMBER + 1

/** The first day of a column; `columnStart(range, n, n)` is the end of the range. */
export const columnStart = ({ from, to }: DayRange, columns: number, column: number): number =>
  from + Math.floor((column * (to - from)) / columns)

/** The column in which a day stands; below 0 or from `columns` on for days outside. The range has a day for each column. */
export const columnOf = ({ from, to }: DayRange, columns: number, day: number): number =>
  Math.ceil(((day - from + 1) * columns) / (to - from)) - 1

/** The range made long enough that each column has a day of its own, and kept within the days that can be written. */
export function fitted({ from, to }: DayRange, columns: number): DayRange {
  const days = Math.min(MOST_DAYS, Math.max(columns, to - from))
  const start = Math.min(LAST_DAY_NUMBER + 1 - days, Math.max(FIRST_DAY_NUMBER, from))
  return { from: start, to: start + days }
}

/** The range with so many times the days, around a day that keeps its place. */
export function zoomed(range: DayRange, columns: number, factor: number, around: number): DayRange {
  const days = Math.min(MOST_DAYS, Math.max(columns, Math.round((range.to - range.from) * factor)))
  const before = Math.round(((around - range.from) * days) / (range.to - range.from))
  return fitted({ from: around - before, to: around - before + days }, columns)
}

/** The range moved by a part of its length: to later time, or with a negative part to earlier. */
export function panned(range: DayRange, columns: number, part: number): DayRange {
  const days = Math.round((range.to - range.from) * part)
  return fitted({ from: range.from + days, to: range.to + days }, columns)
}

/** The range itself where the day is in it, else as long a range with the day in its middle. */
export function holding(range: DayRange, columns: number, day: number): DayRange {
  if (day >= range.from && day < range.to) return range
  const days = range.to - range.from
  const from = day - Math.floor(days / 2)
  return fitted({ from, to: from + days }, columns)
}

export interface Span extends Figures {
  readonly from: string | null
  readonly to: string | null
}

/**
 * For each column the stretch that it shows; null where there is none. Of several in one column it is the one with the least
 * licensed, then the most unlicensed, then the earliest: a gap of one day is seen at every zoom.
 */
export function cellsOf<S extends Span>(spans: readonly S[], range: DayRange, columns: number): (S | null)[] {
  const cells: (S | null)[] = new Array(columns).fill(null)
  for (const span of spans) {
    const from = Math.max(range.from, span.from === null ? range.from : dayNumber(span.from))
    const to = Math.min(range.to, span.to === null ? range.to : dayNumber(span.to))
    if (from >= to) continue
    const last = columnOf(range, columns, to - 1)
    for (let column = columnOf(range, columns, from); column <= last; column += 1) {
      const there = cells[column] ?? null
      if (there === null || isWorse(span, there)) cells[column] = span
    }
  }
  return cells
}

function isWorse(span: Figures, other: Figures): boolean {
  const [cleared, otherCleared] = [span.licensed + span.exempt, other.licensed + other.exempt]
  return cleared < otherCleared || (cleared === otherCleared && span.unlicensed > other.unlicensed)
}
