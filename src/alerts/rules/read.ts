/** Reads a rule file. Whatever is wrong with it is collected; a bad rule does not hide the others. */
import type { z } from 'zod'
import { InputError } from '../../errors.js'
import { readYamlDocument, type YamlDocument } from '../../model/text/yaml.js'
import { parseMessage } from './messages.js'
import type { Dedupe, Rule, RuleSet, RuleTest, Suppression } from './model.js'
import { parsePeriod } from './periods.js'
import { ruleFileSchema, ruleSchema, testSchema } from './schema.js'

type GivenRule = z.output<typeof ruleSchema>
type GivenTest = z.output<typeof testSchema>

/** More than any file that people keep by hand; what is larger is something else. */
const LONGEST_FILE = 4_000_000

/**
 * Reads the text of a rule file; `file` is its name for messages. Never throws: a file that is no YAML has no rules and
 * one problem.
 */
export function readRuleSet(text: string, file: string): RuleSet {
  const none = { file, feed: null, match: 'all', types: {}, rules: [] } as const
  try {
    if (text.length > LONGEST_FILE) {
      const message = `${file}:1:1: the file is larger than ${LONGEST_FILE} characters.`
      throw new InputError(message, { code: 'invalid-setting', file, line: 1, column: 1 })
    }
    const yaml = readYamlDocument(text, file)
    const whole = yaml.check(ruleFileSchema, yaml.value, [])
    // What is wrong outside the rules does not hide them.
    const given = 'data' in whole ? whole.data : undefined
    const list = given?.rules ?? listIn(yaml.value)
    const problems: InputError[] = 'problems' in whole ? [...whole.problems] : []
    const rules = list.flatMap((one, index) => ruleOf(yaml, file, one, index, problems))
    problems.push(...repeated(rules), ...unknownSuppressors(rules))
    return {
      file,
      feed: given?.feed ?? null,
      match: given?.match ?? 'all',
      types: given?.types ?? {},
      rules,
      problems: problems.sort(byPlace),
    }
  } catch (error) {
    if (error instanceof InputError) return { ...none, problems: [error] }
    throw error
  }
}

const byPlace = (a: InputError, b: InputError): number =>
  (a.details.line ?? 0) - (b.details.line ?? 0) || (a.details.column ?? 0) - (b.details.column ?? 0)

function listIn(value: unknown): readonly unknown[] {
  const rules = typeof value === 'object' && value !== null && 'rules' in value ? value.rules : []
  return Array.isArray(rules) ? rules : []
}

function ruleOf(yaml: YamlDocument, file: string, value: unknown, index: number, problems: InputError[]): Rule[] {
  const path = ['rules', index]
  const checked = yaml.check(ruleSchema, value, path)
  if ('problems' in checked) {
    problems.push(...checked.problems)
    return []
  }
  const given = checked.data
  const found: InputError[] = []
  const failure: Rule['failure'] = (part, message, options) =>
    yaml.failure([...path, ...part], `${given.id}: ${message}`, options)
  const rule = madeOf(yaml, given, { file, path, found, failure })
  problems.push(...found)
  return found.length > 0 ? [] : [rule]
}

interface RuleContext {
  readonly file: string
  readonly path: readonly (string | number)[]
  readonly found: InputError[]
  readonly failure: Rule['failure']
}

function madeOf(yaml: YamlDocument, given: GivenRule, context: RuleContext): Rule {
  const { file, path, found, failure } = context
  const title = given.title ?? given.id
  const messageText = given.message ?? title.replaceAll(/[{}]/g, '$&$&')
  const { parts, problems } = parseMessage(messageText)
  found.push(...problems.map(({ message, offset }) => failure(['message'], `${message}.`, { offset })))
  const isGroup = given.on === 'group'
  if (isGroup && given.group_by === undefined)
    found.push(failure(['on'], 'a group rule needs group_by: the columns whose values make a group.'))
  if (!isGroup && given.group_by !== undefined)
    found.push(failure(['group_by'], 'group_by belongs to rules with on: group.'))
  const counts = isGroup || given.on === 'snapshot'
  if (!counts && given.min_base !== undefined)
    found.push(failure(['min_base'], 'min_base belongs to rules with on: group or on: snapshot.'))
  return {
    id: given.id,
    title,
    severity: given.severity ?? 'medium',
    owner: given.owner ?? null,
    mode: given.mode ?? 'active',
    on: given.on,
    relation: given.relation ?? null,
    when: given.when,
    message: parts,
    messageText,
    route: given.route ?? [],
    dedupe: dedupeOf(given),
    suppress: suppressionsOf(given),
    runbook: given.runbook ?? null,
    groupBy: given.group_by ?? [],
    minBase: given.min_base ?? null,
    tests: (given.tests ?? []).flatMap((test, index) => testOf(yaml, test, [...path, 'tests', index], context)),
    place: { file, ...yaml.place(path) },
    failure,
  }
}

function dedupeOf({ dedupe, suppress }: GivenRule): Dedupe | null {
  const given = dedupe ?? (typeof suppress === 'string' ? suppress : undefined)
  if (given === undefined) return null
  const { within, by } = typeof given === 'string' ? { within: given, by: undefined } : given
  const period = parsePeriod(within)
  return period === null ? null : { within: period, by: by ?? null }
}

function suppressionsOf({ suppress }: GivenRule): Suppression[] {
  if (suppress === undefined || typeof suppress === 'string') return []
  return [suppress]
    .flat()
    .flatMap(({ by, within }) =>
      by.map((rule) => ({ by: rule, within: within === undefined ? null : parsePeriod(within) })),
    )
}

function testOf(
  yaml: YamlDocument,
  value: unknown,
  path: readonly (string | number)[],
  { found, failure }: RuleContext,
): RuleTest[] {
  const checked = yaml.check(testSchema, value, path)
  if ('problems' in checked) {
    found.push(...checked.problems)
    return []
  }
  const { data } = checked
  const inside = path.slice(2)
  data.changes.forEach(({ op, before, after }, index) => {
    const has = { before: before != null, after: after != null }
    const at = [...inside, 'changes', index]
    if (op === 'create' && has.before) found.push(failure(at, 'a created row has no before.'))
    if (op === 'delete' && has.after) found.push(failure(at, 'a deleted row has no after.'))
    if (op === 'update' && !(has.before && has.after)) found.push(failure(at, 'an update needs before and after.'))
  })
  return [madeTest(data, yaml.place(path).line)]
}

const madeTest = (given: GivenTest, line: number): RuleTest => ({
  name: given.name,
  changes: given.changes.map(({ op, key, before, after }) => ({
    op,
    key,
    before: op === 'create' ? null : (before ?? {}),
    after: op === 'delete' ? null : (after ?? {}),
  })),
  unchanged: (given.unchanged ?? []).map((one) =>
    typeof one.row === 'object' && one.row !== null && 'times' in one
      ? { times: Number(one.times), row: one.row as GivenTest['changes'][number]['key'] }
      : { times: 1, row: one as GivenTest['changes'][number]['key'] },
  ),
  received: given.received ?? null,
  published: given.published ?? null,
  returned: given.returned ?? null,
  earlier: (given.earlier ?? []).map(({ rule, received, key, group }) => ({
    ...{ rule: rule ?? '', received, key: key ?? null, group: group ?? null },
  })),
  alerts: given.alerts.map(({ rule, key, group, message, severity }) => ({
    ...{ rule: rule ?? null, key: key ?? null, group: group ?? null },
    ...{ message: message ?? null, severity: severity ?? null },
  })),
  line,
})

function repeated(rules: readonly Rule[]): InputError[] {
  const first = new Map<string, Rule>()
  return rules.flatMap((rule) => {
    const earlier = first.get(rule.id)
    if (earlier === undefined) {
      first.set(rule.id, rule)
      return []
    }
    const { line } = earlier.place
    return [rule.failure(['id'], `this id is taken by the rule at line ${line}.`, { code: 'duplicate-id' })]
  })
}

/** Suppressors must be rules of the file, and no rule may keep itself back by way of others. */
function unknownSuppressors(rules: readonly Rule[]): InputError[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const reaches = (from: string, aim: string, seen: Set<string>): boolean =>
    (byId.get(from)?.suppress ?? []).some(({ by }) => {
      if (by === aim) return true
      if (seen.has(by)) return false
      seen.add(by)
      return reaches(by, aim, seen)
    })
  return rules.flatMap((rule) =>
    rule.suppress.flatMap(({ by }) => {
      if (!byId.has(by)) return [rule.failure(['suppress'], `there is no rule ${by} in this file.`)]
      if (reaches(rule.id, rule.id, new Set()))
        return [rule.failure(['suppress'], `${by} and this rule keep each other back.`)]
      return []
    }),
  )
}
