/** What "as known on K" means: the instant to which evidence counts, and the refusal of instants after the last receipt. */
import { UsageError } from '../../errors.js'
import { parseCalendarDate } from '../../model/dates/calendar.js'
import { compareInstants, endOfDay, parseInstant } from '../../model/dates/instants.js'
import type { Evidence } from '../duckdb.js'
import { catalogueOf } from './catalogue.js'

export interface Knowledge {
  /** As shown to people: the date asked for, or that of the last receipt. */
  readonly label: string
  /** Instant before which a statement must have been received; canonical UTC. */
  readonly before: string
}

/** SQL condition on the statements `r`: known at the instant (see `Knowledge`) that an expression of type TIMESTAMP gives. */
export const sqlKnownAt = (instant: string): string =>
  `r.known_from < ${instant} AND (r.known_to IS NULL OR r.known_to >= ${instant})`

/** The same, of the instant bound as `$before`. */
export const KNOWN_AT = sqlKnownAt('$before::TIMESTAMP')

/** An instant of the database (UTC, no zone) in canonical form. */
export const canonicalInstant = (value: unknown): string =>
  parseInstant(
    `${String(value)
      .replace(' ', 'T')
      .replace(/(\.[0-9]*?)0+$/, '$1')
      .replace(/\.$/, '')
      .replace(/Z$/, '')}Z`,
  ) ?? String(value)

const justAfter = (instant: string): string => {
  const [whole = '', fraction = ''] = instant.slice(0, -1).split('.')
  const micros = BigInt(`${fraction}000000`.slice(0, 6)) + 1n
  const base = BigInt(Date.parse(`${whole}Z`)) * 1000n + micros
  const seconds = new Date(Number(base / 1_000_000n) * 1000).toISOString().slice(0, 19)
  return `${seconds}.${String(base % 1_000_000n).padStart(6, '0')}Z`
}

const lastOf = (instants: readonly string[]): string | null =>
  instants.reduce<string | null>((last, one) => (last === null || compareInstants(one, last) > 0 ? one : last), null)

/**
 * Resolves `--known`: a date (all received by its end, UTC) or an instant; default the day of the last receipt.
 * Throws UsageError `known-too-late` beyond the last receipt, `known-unreadable` for anything but a date or instant.
 */
export async function resolveKnowledge(db: Evidence, asked: string | undefined): Promise<Knowledge> {
  const { snapshots } = await catalogueOf(db)
  const last = lastOf([...snapshots.values()].map(({ received }) => canonicalInstant(received)))
  const lastDay = last === null ? '9999-12-31' : last.slice(0, 10)
  if (asked === undefined) return { label: lastDay, before: endOfDay(lastDay) ?? '9999-12-31T23:59:59Z' }
  const day = parseCalendarDate(asked)
  const instant = parseInstant(asked)
  if (instant === null) {
    throw new UsageError(`--known takes a date or an instant, not "${asked}".`, {
      code: 'known-unreadable',
      suggestions: ['Write a date such as 2019-06-01, or an instant such as 2019-06-01T12:00:00Z'],
    })
  }
  const tooLate = day === null ? last !== null && compareInstants(instant, last) > 0 : asked > lastDay
  if (tooLate) {
    throw new UsageError(
      `The data ends ${lastDay}: nothing was received after that day, so what was known on ${asked} cannot be told.`,
      {
        code: 'known-too-late',
        suggestions: [`Ask with --known ${lastDay}`],
      },
    )
  }
  return { label: asked, before: day === null ? justAfter(instant) : (endOfDay(asked) ?? instant) }
}
