/** Calendar dates as ISO text (`2019-06-01`): no zone, no clock; character order is date order. */

/** The first and the last day that a full or partial date can mean; equal for a full date. */
export interface DateRange {
  first: string
  last: string
}

const pad = (value: number, width: number) => String(value).padStart(width, '0')

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const iso = (year: number, month: number, day: number) => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`

/**
 * A calendar date `2019-06-01`, or a partial one `2019-06`, `2019` (ISO 8601), as the range of days it can mean; null for
 * anything else, including blanks around it, days that do not exist and years outside 0001 to 9999.
 */
export function parseCalendarDate(text: string): DateRange | null {
  const match = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/.exec(text)
  if (match === null) return null
  const year = Number(match[1])
  const month = match[2] === undefined ? null : Number(match[2])
  const day = match[3] === undefined ? null : Number(match[3])
  if (year === 0 || (month !== null && (month < 1 || month > 12))) return null
  const lastMonth = month ?? 12
  const lastDay = daysInMonth(year, lastMonth)
  if (day !== null && (day < 1 || day > lastDay)) return null
  return { first: iso(year, month ?? 1, day ?? 1), last: iso(year, lastMonth, day ?? lastDay) }
}

/** The day after a full date; null after 9999-12-31, which as an exclusive end means "no end". */
export function nextDay(date: string): string | null {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  if (day < daysInMonth(year, month)) return iso(year, month, day + 1)
  if (month < 12) return iso(year, month + 1, 1)
  return year < 9999 ? iso(year + 1, 1, 1) : null
}

/** Order of two full dates: negative, zero or positive. */
export function compareDates(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/**
 * An end that its provider counts as included, as the exclusive end that we keep: each possible day moved one on.
 * Null stands for no end (after 9999-12-31).
 */
export function exclusiveEnd(inclusive: DateRange): { first: string | null; last: string | null } {
  return { first: nextDay(inclusive.first), last: nextDay(inclusive.last) }
}
