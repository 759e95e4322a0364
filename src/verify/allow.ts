/** Differences that somebody answers for, for a time: a YAML file of entries with owner, reason and expiry. */
import { z } from 'zod'
import { parseCalendarDate } from '../model/dates/calendar.js'
import { readYaml } from '../model/text/yaml.js'
import { CAUSES } from './normal-forms.js'

/** How a change of ours and one of theirs may fail to agree. */
export const MISMATCH_CLASSES = ['only-ours', 'only-theirs', 'operation', 'value', 'representation'] as const
export type MismatchClass = (typeof MISMATCH_CLASSES)[number]

/** What an entry allows: all that it says must hold. */
export interface Allowance {
  readonly class: MismatchClass
  readonly cause?: string | undefined
  readonly column?: string | undefined
  readonly op?: string | undefined
  readonly key?: Readonly<Record<string, string>> | undefined
  readonly owner: string
  readonly reason: string
  /** The last day on which it counts. */
  readonly expires: string
}

const said = z.string().trim().min(1, 'must not be empty')
const text = z.union([z.string(), z.number().transform(String)], 'must be a text')
const day = z
  .string('must be a date like 2026-12-31')
  .refine((one) => parseCalendarDate(one)?.first === one, 'must be a date like 2026-12-31')

const KEYS = ['key', ...CAUSES.map(({ cause }) => cause)] as const

const allowSchema = z.strictObject({
  allow: z.array(
    z.strictObject({
      class: z.enum(MISMATCH_CLASSES, `must be one of ${MISMATCH_CLASSES.join(', ')}`),
      cause: z.enum(KEYS, `must be one of ${KEYS.join(', ')}`).optional(),
      column: said.optional(),
      op: z.enum(['create', 'update', 'delete'], 'must be create, update or delete').optional(),
      key: z.record(z.string(), text).optional(),
      owner: said,
      reason: said,
      expires: day,
    }),
    'must be a list of entries',
  ),
})

/**
 * Reads the text of an allow-list.
 * Throws InputError `invalid-yaml`, `unknown-key`, `invalid-setting`, with file, line and column.
 */
export function readAllowances(yaml: string, file: string): Allowance[] {
  return readYaml(yaml, file, allowSchema).value.allow
}

/** Whether an entry no longer counts on a day. */
export const isExpired = ({ expires }: Allowance, today: string): boolean => expires < today

/** The line of an allow-list that would reconcile a group, with the blanks that only people can fill. */
export function allowLine(group: {
  readonly class: string
  readonly cause: string | null
  readonly column: string | null
  readonly op: string | null
}): string {
  const parts = [
    `class: ${group.class}`,
    ...(group.cause === null ? [] : [`cause: ${group.cause}`]),
    ...(group.column === null ? [] : [`column: ${JSON.stringify(group.column)}`]),
    ...(group.op === null ? [] : [`op: ${group.op}`]),
    'owner: …',
    'reason: …',
    'expires: …',
  ]
  return `- {${parts.join(', ')}}`
}
