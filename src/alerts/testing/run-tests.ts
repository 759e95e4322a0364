/** Tests beside the rules: given changes, expected alerts. An alert that is not listed fails as much as a missing one. */
import type { ColumnType } from '../../diff/index.js'
import { InputError, RecitalError } from '../../errors.js'
import type { Evidence, SqlValue } from '../../store/duckdb.js'
import { type CompiledRuleSet, compileRules } from '../compile/compile.js'
import { type Alert, listAlerts, listUnknown } from '../evaluate/alerts.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { Values } from '../evaluate/findings.js'
import type { Cell, Cells, ExpectedAlert, Rule, RuleSet, RuleTest } from '../rules/model.js'
import { type TestShape, testShape, testSource } from './test-changes.js'

export interface TestOutcome {
  readonly rule: Rule
  readonly test: RuleTest
  readonly missing: readonly ExpectedAlert[]
  readonly unexpected: readonly Alert[]
  /** What could not be evaluated, in words: often why an alert is missing. */
  readonly open: readonly string[]
  /** The rule or the test itself is broken. */
  readonly error: string | null
}

export const hasPassed = ({ missing, unexpected, error }: TestOutcome): boolean =>
  missing.length === 0 && unexpected.length === 0 && error === null

/** Alerts of one test that are looked at; more is no test that anyone reads. */
const MOST = 10_000

/** Runs the tests of a set that `wanted` picks, in the order of the file. */
export async function runTests(
  db: Evidence,
  set: RuleSet,
  declared: ReadonlyMap<string, ColumnType>,
  wanted: (rule: Rule, test: RuleTest) => boolean,
): Promise<TestOutcome[]> {
  const shape = testShape(set, declared)
  const outcomes: TestOutcome[] = []
  for (const rule of set.rules) {
    const tests = rule.tests.filter((test) => wanted(rule, test))
    if (tests.length === 0) continue
    const compiled = await compiledFor(db, set, rule, shape)
    for (const test of tests) outcomes.push(await runTest(db, compiled, rule, test, shape))
  }
  return outcomes
}

/** The rule with all that decides about its alerts: what suppresses it, and with `first` what comes before it. */
async function compiledFor(db: Evidence, set: RuleSet, rule: Rule, shape: TestShape): Promise<CompiledRuleSet> {
  const rules = set.rules.map((one) => (one === rule ? { ...one, mode: 'active' as const } : one))
  const index = set.rules.indexOf(rule)
  const needed = new Set<Rule>()
  const need = (one: Rule | undefined): void => {
    if (one === undefined || needed.has(one)) return
    needed.add(one)
    for (const { by } of one.suppress) need(rules.find(({ id }) => id === by))
  }
  need(rules[index])
  for (const test of rule.tests) for (const { rule: id } of test.alerts) need(rules.find((one) => one.id === id))
  if (set.match === 'first') for (const one of rules.slice(0, index)) need(one)
  return compileRules(
    db,
    { ...set, rules, problems: [] },
    shape,
    rules.filter((one) => needed.has(one)),
  )
}

async function runTest(
  db: Evidence,
  compiled: CompiledRuleSet,
  rule: Rule,
  test: RuleTest,
  shape: TestShape,
): Promise<TestOutcome> {
  const nothing = { rule, test, missing: [], unexpected: [], open: [], error: null }
  const own = compiled.problems.find(({ message }) => message.includes(`: ${rule.id}: `))
  if (own !== undefined) return { ...nothing, error: own.message }
  const made = await attempt(() => testSource(db, test, shape, { rule: rule.id, file: rule.place.file }))
  if (made instanceof RecitalError) return { ...nothing, error: made.message }
  const evaluation = await evaluate(db, compiled, made.source)
  try {
    const about = new Set([rule.id, ...test.alerts.flatMap(({ rule: id }) => id ?? [])])
    const raised = await listAlerts(evaluation, 'raised', { limit: MOST })
    const actual = raised.filter((alert) => about.has(alert.compiled.rule.id))
    const unknown = (await listUnknown(evaluation)).filter((one) => one.compiled.rule.id === rule.id)
    const open = unknown.flatMap(({ examples }) =>
      examples.map(
        ({ key, group, empty }) => `${JSON.stringify(group ?? key)}: ${empty.join(', ') || 'a value'} cannot be told`,
      ),
    )
    return { ...nothing, open, ...compared(test.alerts, actual, rule) }
  } finally {
    await evaluation.dispose()
    for (const table of made.tables) await db.run(`DROP TABLE IF EXISTS ${table}`)
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T | InputError> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}

function compared(expected: readonly ExpectedAlert[], actual: readonly Alert[], rule: Rule) {
  const left = [...actual]
  const missing = expected.filter((one) => {
    const found = left.findIndex((alert) => isAsExpected(one, alert, rule))
    if (found < 0) return true
    left.splice(found, 1)
    return false
  })
  return { missing, unexpected: left }
}

function isAsExpected(expected: ExpectedAlert, { compiled, key, group, message }: Alert, rule: Rule): boolean {
  return (
    compiled.rule.id === (expected.rule ?? rule.id) &&
    holds(expected.key, key) &&
    holds(expected.group, group) &&
    (expected.message === null || expected.message === message) &&
    (expected.severity === null || expected.severity === compiled.rule.severity)
  )
}

/** Whether the values that are given are there; a number is the same however it is written. */
const holds = (expected: Cells | null, actual: Values | null): boolean =>
  expected === null ||
  (actual !== null && Object.entries(expected).every(([name, cell]) => isSame(cell, actual[name] ?? null)))

function isSame(expected: Cell, actual: SqlValue): boolean {
  if (expected === null || actual === null) return expected === actual
  return typeof expected === 'number' ? Number(actual) === expected : String(actual) === String(expected)
}
