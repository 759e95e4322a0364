/** `feed.yaml`: what the folder of a delivery says about it (contract 1). */
import { z } from 'zod'
import { parseInstant } from '../model/dates/instants.js'
import { RELATION_NAMES, type RelationName } from '../model/relations.js'
import { nearestName } from '../model/text/near-miss.js'
import { readYaml } from '../model/text/yaml.js'
import { checksSchema, type GivenChecks, type GuardMode, guardsSchema } from '../snapshots/index.js'

export const FEED_FILE_NAME = 'feed.yaml'

/** Feed names are used in paths, patterns and commands. */
const FEED_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/

const FEED_NAME_RULE =
  'must be letters, digits, ".", "_" and "-", in parts separated by "/" that begin with a letter or digit'

/** Whether a text can be the name of a feed, e.g. `mlc/bwarm`. */
export const isFeedName = (name: string): boolean => name.length <= 200 && FEED_NAME.test(name)

export const feedNameSchema = z.string().refine(isFeedName, FEED_NAME_RULE)

const when = z
  .string()
  .refine(
    (text) => parseInstant(text) !== null,
    'must be a date like 2024-01-31 or an RFC 3339 instant with its offset',
  )

const isRelation = (name: string): name is RelationName => (RELATION_NAMES as string[]).includes(name)

const relation = z.string().superRefine((name, context) => {
  if (isRelation(name)) return
  const near = nearestName(name, RELATION_NAMES)
  context.addIssue(near === undefined ? 'is no relation' : `is no relation; did you mean ${near}?`)
})

const count = z.int('must be a whole number').min(0, 'must not be negative')

export const scopeSchema = z.enum(['full', 'delta'], 'must be full or delta')
export const endDatesSchema = z.enum(['exclusive', 'inclusive'], 'must be exclusive or inclusive')

const feedFileSchema = z.strictObject({
  feed: feedNameSchema.optional(),
  provider: z.string().trim().min(1, 'must not be empty').optional(),
  published: when.optional(),
  received: when.optional(),
  sequence: count.optional(),
  scope: scopeSchema.optional(),
  end_dates: endDatesSchema.optional(),
  complete: z.array(z.string(), 'must be a list of relations').optional(),
  rows: z.record(z.string(), count, 'must be relation: number of rows').optional(),
  policy: z.enum(['late-rivals-refused', 'pro-rata'], 'must be late-rivals-refused or pro-rata').optional(),
  alerts: z.string().trim().min(1, 'must be the path of a rule file').optional(),
  guards: guardsSchema.optional(),
  checks: checksSchema.optional(),
})

/** A `feed.yaml`; every part may be left out. Dates as written. */
export interface FeedFile {
  readonly feed?: string
  readonly provider?: string
  readonly published?: string
  readonly received?: string
  readonly sequence?: number
  readonly scope?: 'full' | 'delta'
  readonly endDates?: 'exclusive' | 'inclusive'
  /** Relations that the snapshot holds in full even where it has no file for them. */
  readonly complete?: readonly string[]
  /** Rows that each relation should have. */
  readonly rows?: Readonly<Record<string, number>>
  readonly policy?: 'late-rivals-refused' | 'pro-rata'
  /** Whether a quarantine keeps the delivery out of the history. */
  /** Path of a file of alert rules, from the folder of the delivery. */
  readonly alerts?: string
  readonly guards?: GuardMode
  /** Thresholds of the feed's guards. */
  readonly checks?: GivenChecks
}

/**
 * Reads the text of a `feed.yaml`.
 * Throws InputError `invalid-yaml`, `unknown-key`, `invalid-setting`, with file, line, column and the value.
 * @param customRelations names that `complete` and `rows` may use beside those of the contract
 */
export function readFeedFile(text: string, file: string, customRelations: readonly string[] = []): FeedFile {
  const yaml = readYaml(text, file, feedFileSchema)
  const { end_dates: endDates, ...settings } = yaml.value
  const named = [
    ...(settings.complete ?? []).map((name, index) => ({ name, path: ['complete', index] })),
    ...Object.keys(settings.rows ?? {}).map((name) => ({ name, path: ['rows', name] })),
  ]
  for (const { name, path } of named) {
    if (customRelations.includes(name)) continue
    const checked = relation.safeParse(name)
    if (!checked.success) throw yaml.failure(path, `${name} ${checked.error.issues[0]?.message ?? 'is no relation'}.`)
  }
  return defined({ ...settings, endDates })
}

/** The same without the parts that are undefined. */
function defined(settings: { [Key in keyof FeedFile]: FeedFile[Key] | undefined }): FeedFile {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as FeedFile
}
