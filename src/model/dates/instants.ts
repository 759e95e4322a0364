/**
 * Instants as UTC text in one canonical form: `2019-07-10T09:00:00Z`, with a fraction of at most six digits only when it is
 * not zero and without trailing zeros (`2019-07-10T09:00:00.25Z`). Compare them with `compareInstants`: in character
 * order `…00.25Z` would come before `…00Z`.
 */
import { nextDay, parseCalendarDate } from './calendar.js'

const INSTANT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/

const MINUTE = 60_000

function offsetMinutes(
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number | null {
  if (sign === undefined) return 0
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (hour > 23 || minute > 59) return null
  return (sign === '-' ? -1 : 1) * (hour * 60 + minute)
}

/**
 * A full date (its first instant, UTC) or an RFC 3339 instant as a canonical instant; null for anything else, a missing
 * zone included. Seconds may be left out; digits beyond the microsecond are cut; leap seconds (`:60`) are refused.
 */
export function parseInstant(text: string): string | null {
  const day = parseCalendarDate(text)
  if (day !== null) return day.first === day.last ? `${day.first}T00:00:00Z` : null
  const match = INSTANT.exec(text)
  if (match === null) return null
  const [, date = '', hour = '', minute = '', second = '00', fraction = ''] = match
  const offset = offsetMinutes(match[6], match[7], match[8])
  if (offset === null || parseCalendarDate(date) === null) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const utc = new Date(Date.parse(`${date}T${hour}:${minute}:${second}Z`) - offset * MINUTE).toISOString()
  // Beyond years 0001 to 9999 (an offset across the edge) there is no four-digit year to write.
  if (!/^[0-9]{4}-/.test(utc) || utc.startsWith('0000')) return null
  const digits = fraction.slice(0, 6).replace(/0+$/, '')
  return `${utc.slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`
}

/** The first instant after a full date, exclusive end of "known by the end of that day"; null after 9999-12-31. */
export function endOfDay(date: string): string | null {
  const next = nextDay(date)
  return next === null ? null : `${next}T00:00:00Z`
}

/** Order of two canonical instants: negative, zero or positive. */
export function compareInstants(left: string, right: string): -1 | 0 | 1 {
  // Without the Z a shorter text is a prefix of the later one, so character order is time order.
  const [a, b] = [left.slice(0, -1), right.slice(0, -1)]
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** A canonical instant as people read it: a date where it is the first instant of one. */
export const displayInstant = (instant: string): string =>
  instant.endsWith('T00:00:00Z') ? instant.slice(0, 10) : instant
