/** The axis of time: which days are shown, and where the marks on it stand. Days are whole numbers (model/dates). */
import { dateOfNumber, dayNumber, FIRST_DAY_NUMBER, LAST_DAY_NUMBER } from '../../model/dates/day-numbers.js'

/** Half-open. */
export interface DayRange {
  readonly from: number
  readonly to: number
}

interface Lane {
  readonly segments: readonly { readonly from: string | null; readonly to: string | null }[]
}

/** Days kept free beside the first and the last event: a tenth of what lies between them, and no less than this. */
const LEAST_MARGIN = 180
/** Years shown before and after the date of knowledge where nothing else has a date. */
const YEARS_BEFORE = 5
const YEAR = 365

/** The range that shows every change: that which was asked for, or all events with some room beside them. */
export function shownRange(lanes: readonly Lane[], known: string): DayRange {
  const segments = lanes.flatMap((lane) => [...lane.segments])
  const asked = { from: lanes[0]?.segments[0]?.from ?? null, to: lanes[0]?.segments.at(-1)?.to ?? null }
  const days = segments.flatMap(({ from, to }) => [from, to]).flatMap((day) => (day === null ? [] : [dayNumber(day)]))
  const seen = days.length > 0 ? days : [dayNumber(known.slice(0, 10))]
  const [first, last] = [Math.min(...seen), Math.max(...seen)]
  const margin = Math.max(LEAST_MARGIN, Math.ceil((last - first) / 10))
  const before = days.length > 0 ? margin : YEARS_BEFORE * YEAR
  const after = days.length > 0 ? margin : YEAR
  return {
    from: asked.from === null ? Math.max(FIRST_DAY_NUMBER, first - before) : dayNumber(asked.from),
    to: asked.to === null ? Math.min(LAST_DAY_NUMBER, last + after) : dayNumber(asked.to),
  }
}

export interface Tick {
  readonly day: number
  readonly label: string
}

interface Pitch {
  readonly unit: 'day' | 'month' | 'year'
  readonly step: number
  /** Least days between two marks. */
  readonly days: number
}

const PITCHES: readonly Pitch[] = [
  ...[1, 2, 5, 10].map((step): Pitch => ({ unit: 'day', step, days: step })),
  ...[1, 3, 6].map((step): Pitch => ({ unit: 'month', step, days: 28 * step })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((step): Pitch => ({ unit: 'year', step, days: 365 * step })),
]

const LABEL_LENGTHS = { day: 10, month: 7, year: 4 } as const

/**
 * Marks at round dates, as many as there is room for.
 * @param roomFor whether labels of that many characters may stand that many days apart
 */
export function ticks({ from, to }: DayRange, roomFor: (characters: number, days: number) => boolean): readonly Tick[] {
  const pitch = PITCHES.find(({ unit, days }) => roomFor(LABEL_LENGTHS[unit], days)) ?? PITCHES.at(-1)
  if (pitch === undefined) return []
  return roundDays(pitch, from, to).map((day) => ({
    day,
    label: dateOfNumber(day).slice(0, LABEL_LENGTHS[pitch.unit]),
  }))
}

function roundDays({ unit, step }: Pitch, from: number, to: number): number[] {
  const [firstYear, lastYear] = [from, to - 1].map((day) => Number(dateOfNumber(day).slice(0, 4))) as [number, number]
  const days: number[] = []
  const start = unit === 'year' ? Math.ceil(firstYear / step) * step : firstYear
  for (let year = Math.max(1, start); year <= lastYear; year += unit === 'year' ? step : 1) {
    for (let month = 1; month <= (unit === 'year' ? 1 : 12); month += unit === 'month' ? step : 1) {
      days.push(...roundDaysOfMonth(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`, unit, step))
    }
  }
  return days.filter((day) => day >= from && day < to)
}

/** The first of the month; for days every so many of them, but for one that would stand too close to the next first. */
function roundDaysOfMonth(month: string, unit: Pitch['unit'], step: number): number[] {
  const first = dayNumber(`${month}-01`)
  if (unit !== 'day') return [first]
  const next = dayNumber(`${dateOfNumber(first + 31).slice(0, 7)}-01`)
  const days: number[] = []
  for (let day = first; day <= next - step; day += step) days.push(day)
  return days
}
