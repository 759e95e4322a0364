/** Calendar dates as `YYYY-MM-DD`, partial dates as a first and a last possible day, instants as milliseconds. */

const DAY = 86_400_000

/** @typedef {{first: string, last: string}} Day the days that a date may mean; both the same unless it is partial */

/** @param {number} instant */
const dayOf = (instant) => new Date(instant).toISOString().slice(0, 10)

/** @param {string} day */
const nextDay = (day) => dayOf(Date.parse(day) + DAY)

/** @param {string} text @returns {string | undefined} the text when it is a day of the calendar */
function realDay(text) {
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && dayOf(instant) === text ? text : undefined
}

/**
 * The date that a text means, partial ones with their first and last possible day.
 * @param {string} text
 * @returns {Day | undefined} undefined when it is no date
 */
export function readDay(text) {
  if (/^[0-9]{4}$/.test(text)) return { first: `${text}-01-01`, last: `${text}-12-31` }
  if (/^[0-9]{4}-[0-9]{2}$/.test(text)) {
    const first = realDay(`${text}-01`)
    if (first === undefined) return undefined
    const [year = 0, month = 0] = text.split('-').map(Number)
    return { first, last: dayOf(Date.UTC(year, month, 0)) }
  }
  const day = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? realDay(text) : undefined
  return day === undefined ? undefined : { first: day, last: day }
}

/**
 * The first day on which something no longer holds. An inclusive end is its last day: one day is added (domain 3.3.1).
 * @param {string} text
 * @param {'exclusive' | 'inclusive'} convention
 * @returns {Day | undefined}
 */
export function readEnd(text, convention) {
  const day = readDay(text)
  if (day === undefined || convention === 'exclusive') return day
  return { first: nextDay(day.first), last: nextDay(day.last) }
}

/**
 * A date (its first instant, UTC) or an RFC 3339 instant.
 * @param {string} text
 * @returns {number} milliseconds; throws when it is neither
 */
export function readInstant(text) {
  const instant = Date.parse(text)
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(text) || Number.isNaN(instant)) throw new Error(`no date or instant: ${text}`)
  return instant
}

/** The first instant that is no longer part of the day (domain 3.3.10: K as a date is all received by its end). */
export const endOfDay = (day) => readInstant(day) + DAY

/** @param {number} instant @returns {string} its day, UTC */
export const dayOfInstant = dayOf

/**
 * Whether a day lies in `[from, to)` when all partial dates are taken at their first or all at their last possible day.
 * @param {{from: Day | null, to: Day | null}} row
 * @param {string} on
 * @param {'first' | 'last'} reading
 */
export const holds = ({ from, to }, on, reading) =>
  (from === null || from[reading] <= on) && (to === null || on < to[reading])

/**
 * Whether a day lies in `[from, to)`: under all readings of its partial dates, under some, or under none.
 * @param {{from: Day | null, to: Day | null}} row
 * @param {string} on
 * @returns {'certain' | 'possible' | 'no'}
 */
export function force({ from, to }, on) {
  if ((from === null || from.last <= on) && (to === null || on < to.first)) return 'certain'
  return (from === null || from.first <= on) && (to === null || on < to.last) ? 'possible' : 'no'
}
