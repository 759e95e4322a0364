/**
 * What a feed's guards go by: the keys `guards` and `checks` of `feed.yaml` and of mapping files, with their defaults.
 * The settings of a snapshot are those of its own delivery, and are kept with it.
 */
import { z } from 'zod'
import { GUARD_NAMES } from './names.js'

/** A limit on a number of rows, or on a part of those there were before; both may be given, and either is enough. */
export interface Limit {
  readonly rows?: number | undefined
  /** Percent of the base. */
  readonly percent?: number | undefined
}

/** From which limits on a guard warns, or puts into quarantine; percentages count from a base of so many rows. */
export interface Limits {
  readonly warn?: Limit | undefined
  readonly quarantine?: Limit | undefined
  readonly from: number
}

const PERCENT = /^([0-9]+(?:\.[0-9]+)?)\s*%$/
const PERIOD = /^([1-9][0-9]*)\s*([hdw])$/
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 }

const rows = z.int('must be a whole number of rows').min(0, 'must not be negative')
const percent = z
  .string()
  .regex(PERCENT, 'must be a number of rows, or a percentage like 20%')
  .transform((text): Limit => ({ percent: Number(PERCENT.exec(text)?.[1]) }))
const single = z.union(
  [percent, rows.transform((n): Limit => ({ rows: n }))],
  'must be a number of rows, or a percentage like 20%',
)
const limit = z.union(
  [single, z.array(single).transform((all): Limit => Object.assign({}, ...all))],
  'must be a number of rows, a percentage like 20%, or a list of both',
)
const limits = { warn: limit.optional(), quarantine: limit.optional(), from: rows.optional() }

const period = z
  .string()
  .regex(PERIOD, 'must be a period like 12h, 1d or 2w')
  .transform((text) => {
    const [, n, unit = 'd'] = PERIOD.exec(text) ?? []
    return Number(n) * (HOURS[unit] ?? 24)
  })

/** `guards`: whether a quarantine keeps a snapshot out of the history, or is only told. */
export const guardsSchema = z.enum(['warn', 'enforce'], 'must be warn or enforce')

export type GuardMode = z.output<typeof guardsSchema>

const levels = z.enum(['off', 'remark', 'warn', 'quarantine'], 'must be off, remark, warn or quarantine')

/** `checks`: all of it optional. */
export const checksSchema = z.strictObject({
  every: period.optional(),
  stale_after: period.optional(),
  mass_change: z.strictObject(limits).optional(),
  mass_delete: z.strictObject(limits).optional(),
  owner: z.strictObject({ column: z.string().min(1), ...limits }).optional(),
  null_rate: z.strictObject(limits).optional(),
  distinct: z.strictObject(limits).optional(),
  rows_per_key: z.int('must be a whole number').min(2, 'must be at least 2').optional(),
  page_sizes: z.array(z.int('must be a whole number').min(10, 'must be at least 10'), 'must be a list').optional(),
  repeats: z.int('must be a whole number').min(2, 'must be at least 2').optional(),
  levels: z.partialRecord(z.enum(GUARD_NAMES, `must be one of ${GUARD_NAMES.join(', ')}`), levels).optional(),
})

/** As a file gives them. */
export type GivenChecks = z.output<typeof checksSchema>

export interface Checks {
  /** Hours from one publication to the next; null where nobody said. */
  readonly every: number | null
  /** Hours after which the feed counts as stale; null where nobody said. */
  readonly staleAfter: number | null
  readonly massChange: Limits
  readonly massDelete: Limits
  /** Deletions among the rows of one owner; null without a column that names owners. */
  readonly owner: (Limits & { readonly column: string }) | null
  /** Percentage points by which the share of empty values of a column may rise. */
  readonly nullRate: Limits
  /** Percent by which the number of different values of a column may rise or fall. */
  readonly distinct: Limits
  /** Rows on one key that are too many. */
  readonly rowsPerKey: number
  /** Sizes of pages in which providers' systems cut their answers. */
  readonly pageSizes: readonly number[]
  /** Changed snapshots in a row with the same number of rows that are no chance. */
  readonly repeats: number
  /** Guards that judge otherwise than they do by themselves. */
  readonly levels: Readonly<Record<string, 'off' | 'remark' | 'warn' | 'quarantine'>>
}

const BASE = 1000

type GivenLimits = Omit<Limits, 'from'> & { readonly from?: number | undefined }

const of = (given: GivenLimits | undefined, standard: Omit<Limits, 'from'>): Limits => ({
  warn: given?.warn ?? standard.warn,
  quarantine: given?.quarantine ?? standard.quarantine,
  from: given?.from ?? BASE,
})

/** Periods missed after which a feed is stale, where only its cadence was said. */
const STALE_PERIODS = 2

/**
 * The checks that count for a delivery: what the first of the files says, else the next, else the default.
 * Defaults: 10 % changed or 5 % deleted of at least 1,000 rows warn, 20 % and 10 % are quarantined.
 */
export function checksOf(...given: readonly (GivenChecks | undefined)[]): Checks {
  const all: GivenChecks = Object.assign({}, ...given.filter((one) => one !== undefined).reverse())
  const { every = null, stale_after: stale } = all
  return {
    every,
    staleAfter: stale ?? (every === null ? null : STALE_PERIODS * every),
    massChange: of(all.mass_change, { warn: { percent: 10 }, quarantine: { percent: 20 } }),
    massDelete: of(all.mass_delete, { warn: { percent: 5 }, quarantine: { percent: 10 } }),
    owner:
      all.owner === undefined
        ? null
        : { ...of(all.owner, { warn: { percent: 30 }, quarantine: { percent: 50 } }), column: all.owner.column },
    nullRate: of(all.null_rate, { warn: { percent: 10 }, quarantine: { percent: 50 } }),
    distinct: of(all.distinct, { warn: { percent: 50 } }),
    rowsPerKey: all.rows_per_key ?? 10,
    pageSizes: all.page_sizes ?? [1000],
    repeats: all.repeats ?? 3,
    levels: Object.assign({}, ...[...given].reverse().map((one) => one?.levels ?? {})),
  }
}
