/** Texts of ERN values as texts of the plain tables. */
import { nextDay, parseCalendarDate } from '../../model/dates/calendar.js'
import { parseInstant } from '../../model/dates/instants.js'

const DURATION =
  /^P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]*))?S)?)?$/

/**
 * An xs:duration (`PT3M45S`) in whole milliseconds, half a millisecond rounded up; null when it is none, is negative, or
 * counts years or months, which have no fixed length.
 */
export function durationMs(text: string): string | null {
  const match = DURATION.exec(text)
  if (match === null || /T$|^P$/.test(text)) return null
  const [years, months, days, hours, minutes, seconds] = match.slice(1, 7).map((part) => BigInt(part ?? 0))
  if (years !== 0n || months !== 0n) return null
  const whole = (((days ?? 0n) * 24n + (hours ?? 0n)) * 60n + (minutes ?? 0n)) * 60n + (seconds ?? 0n)
  const fraction = (match[7] ?? '').padEnd(4, '0').slice(0, 4)
  return String(whole * 1000n + (BigInt(fraction) + 5n) / 10n)
}

/** The instant of MessageCreatedDateTime in UTC; a missing zone is read as UTC. Null when it is no instant. */
export function createdInstant(text: string): { instant: string; zoneAssumed: boolean } | null {
  const instant = parseInstant(text)
  if (instant !== null) return { instant, zoneAssumed: !text.includes('T') }
  const assumed = parseInstant(`${text}Z`)
  return assumed === null ? null : { instant: assumed, zoneAssumed: true }
}

const DATE_TIME = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)(?:Z|[+-][0-9]{2}:[0-9]{2})?$/

/** An xs:date may carry a zone: `2014-05-25Z`. */
const ZONED_DATE = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})$/

/** The calendar day of a date-time or of a date with a zone, as written (no change of zone); any other text as it is. */
export function dayOf(text: string): string {
  return (DATE_TIME.exec(text) ?? ZONED_DATE.exec(text))?.[1] ?? text
}

/**
 * EndDate, a whole day that is still covered, as an exclusive end. `''` after 9999-12-31, which says "no end". A partial
 * date or an unreadable text stays as it is.
 */
export function exclusiveEndOfDate(endDate: string): string {
  const written = ZONED_DATE.exec(endDate)?.[1] ?? endDate
  const day = parseCalendarDate(written)
  return day === null || day.first !== day.last ? endDate : (nextDay(written) ?? '')
}

/** EndDateTime, an instant, as an exclusive end in days: midnight ends with the day before, a later hour with its own day. */
export function exclusiveEndOfDateTime(endDateTime: string): string {
  const match = DATE_TIME.exec(endDateTime)
  if (match === null) return exclusiveEndOfDate(endDateTime)
  const [, day = '', time = ''] = match
  return /^[0:.]+$/.test(time) ? day : exclusiveEndOfDate(day)
}
