/** The schema of rule files. `docs/alert-rules.schema.json`, which editors read, is made from it. */
import { z } from 'zod'
import { CHANGE_OPS } from '../../model/change-set.js'
import { parseInstant } from '../../model/dates/instants.js'
import { MODES, SEVERITIES, TRIGGERS } from './model.js'
import { parsePeriod } from './periods.js'

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

const oneOf = <T extends string>(words: readonly [T, ...T[]] | readonly T[]) =>
  z.enum(words as [T, ...T[]], `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`)

const text = z.string('must be a text').trim().min(1, 'must not be empty')
const id = z.string('must be a text').regex(ID, 'must be letters, digits, ".", "_" and "-", at most 100')
const period = z
  .string('must be a period such as 36h or 7d')
  .refine((given) => parsePeriod(given) !== null, 'must be a period such as 30m, 36h, 7d or 2w')
const instant = z
  .string('must be a date in quotes or an instant')
  .refine((given) => parseInstant(given) !== null, 'must be a date like 2024-01-31 or an RFC 3339 instant')
const names = z.union([text.transform((one) => [one]), z.array(text).min(1)], 'must be a name or a list of names')
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()], 'must be a text, a number, true, false or null')
const cells = z.record(z.string(), cell, 'must be column: value')

const dedupe = z.union(
  [period, z.strictObject({ within: period, by: names.optional() })],
  'must be a period such as 7d, or {within: 7d, by: [columns]}',
)
const suppression = z.strictObject({ by: names, within: period.optional() })
const suppress = z.union(
  [period, suppression, z.array(suppression).min(1)],
  'must be a period such as 7d, or {by: rule, within: 7d}',
)

const change = z.strictObject({
  op: oneOf(CHANGE_OPS),
  key: cells,
  before: cells.nullish(),
  after: cells.nullish(),
})
const unchanged = z.union(
  [z.strictObject({ times: z.int().min(1).max(100_000), row: cells }), cells],
  'must be a row, or {times: N, row: …}',
)
const expected = z.strictObject({
  rule: id.optional(),
  key: cells.optional(),
  group: cells.optional(),
  message: z.string().optional(),
  severity: oneOf(SEVERITIES).optional(),
})
const earlier = z.strictObject({
  rule: id.optional(),
  received: instant,
  key: cells.optional(),
  group: cells.optional(),
})

export const testSchema = z.strictObject({
  name: text,
  changes: z.array(change, 'must be a list of changes'),
  unchanged: z.array(unchanged).optional(),
  received: instant.optional(),
  published: instant.optional(),
  returned: z.array(cells, 'must be a list of keys').optional(),
  earlier: z.array(earlier).optional(),
  alerts: z.array(expected, 'must be a list of alerts; [] when there must be none'),
})

export const ruleSchema = z.strictObject({
  id,
  title: text.optional(),
  severity: oneOf(SEVERITIES).optional(),
  owner: text.optional(),
  mode: oneOf(MODES).optional(),
  on: oneOf(TRIGGERS),
  relation: text.optional(),
  when: z.string('must be a condition').min(1, 'must not be empty'),
  message: z.string('must be a text').optional(),
  route: names.optional(),
  dedupe: dedupe.optional(),
  suppress: suppress.optional(),
  runbook: text.optional(),
  group_by: names.optional(),
  min_base: z.int('must be a whole number').min(1, 'must be 1 or more').optional(),
  tests: z.array(z.unknown(), 'must be a list of tests').optional(),
})

export const ruleFileSchema = z.strictObject({
  feed: text.optional(),
  match: oneOf(['all', 'first'] as const).optional(),
  types: z.record(z.string(), text, 'must be column: type').optional(),
  rules: z.array(z.unknown(), 'must be a list of rules').min(1, 'must not be empty'),
})

/** The whole schema in one piece, as JSON Schema, for editors. */
export function ruleFileJsonSchema(): Record<string, unknown> {
  const rule = ruleSchema.extend({ tests: z.array(testSchema).optional() })
  const whole = ruleFileSchema.extend({ rules: z.array(rule).min(1) })
  const schema = z.toJSONSchema(whole, { io: 'input', target: 'draft-7' }) as Record<string, unknown>
  return { ...schema, title: 'Alert rules of recital' }
}
