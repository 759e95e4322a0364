/** What is wrong with rules, or looks wrong: proved from the rules themselves, or observed on changes and said so. */
import type { ColumnType } from '../../diff/index.js'
import { nearestName } from '../../model/text/near-miss.js'
import type { Evidence } from '../../store/duckdb.js'
import { nodesOf, type SqlNode } from '../../store/expressions/parse.js'
import { type CompiledRule, compileRules, type DataShape, isCounted } from '../compile/compile.js'
import { RATIOS, written } from '../compile/scope.js'
import { ownTypes } from '../declared-types.js'
import { type RelationSource, rulesFor, shapeOf } from '../dry-run.js'
import type { Rule, RulePart, RuleSet } from '../rules/model.js'
import { testShape } from '../testing/test-changes.js'
import { alwaysTrue, implies, neverTrue } from './bounds.js'
import { asFinding, type Level, type LintFinding } from './finding.js'
import { observed } from './observe.js'

export interface LintOptions {
  /** Types by flag; those of the file count where the flag says nothing. */
  readonly types: ReadonlyMap<string, ColumnType>
  /** Changes to look at; without them only what can be proved is told. */
  readonly sources: readonly RelationSource[]
}

/** Everything that is wrong with a set, in the order of the file. Never throws for a rule. */
export async function lintRules(db: Evidence, set: RuleSet, { types, sources }: LintOptions): Promise<LintFinding[]> {
  const found: LintFinding[] = set.problems.map((problem) => asFinding(problem, 'error', problem.code))
  const compiled: CompiledRule[] = []
  if (sources.length > 0) {
    for (const { relation, source } of sources) {
      const made = await compileRules(db, { ...set, problems: [] }, shapeOf(source), rulesFor(set, relation, sources))
      found.push(...made.problems.map((problem) => asFinding(problem, 'error', problem.code)))
      compiled.push(...made.rules)
      found.push(...(await observed(db, made, source)))
    }
  } else {
    for (const shape of [...groupedShapes(set, types)]) {
      const made = await compileRules(db, { ...set, problems: [] }, shape.shape, shape.rules)
      found.push(...made.problems.map((problem) => asFinding(problem, 'error', problem.code)))
      compiled.push(...made.rules)
      if (shape.guessed) for (const one of made.rules) found.push(...guesses(one, shape.names))
    }
  }
  compiled.sort((a, b) => a.number - b.number)
  for (const rule of set.rules) found.push(...aboutForm(rule))
  for (const one of compiled) found.push(...aboutCondition(one))
  found.push(...aboutPairs(set, compiled))
  return found.sort(
    (a, b) => a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  )
}

interface ShapedRules {
  readonly shape: DataShape
  readonly rules: readonly Rule[]
  /** Names that are not known may be there all the same. */
  readonly guessed: boolean
  readonly names: readonly string[]
}

/** Rules with tests are held to the columns of the tests; for the others an unknown name may be a column nobody mentioned. */
function groupedShapes(set: RuleSet, types: ReadonlyMap<string, ColumnType>): ShapedRules[] {
  const declared = new Map([...ownTypes(set), ...types])
  const shape = testShape(set, declared)
  const names = shape.columns.map(({ name }) => name)
  const tested = set.rules.filter(({ tests }) => tests.length > 0)
  const others = set.rules.filter(({ tests }) => tests.length === 0)
  return [
    { shape, rules: tested, guessed: false, names },
    { shape: { ...shape, isOpen: true }, rules: others, guessed: true, names },
  ]
}

const finding = (
  rule: Rule,
  level: Level,
  code: string,
  part: RulePart,
  message: string,
  suggestions: readonly string[] = [],
  offset: number | null = null,
): LintFinding => asFinding(rule.failure(part, `${message}.`, { suggestions, offset }), level, code, rule.id)

/** A name that is nearly one that is known is a mistake; others may be columns that nobody declared. */
function guesses({ rule, condition }: CompiledRule, names: readonly string[]): LintFinding[] {
  if (names.length === 0) return []
  const columns = condition.leaves
    .flatMap(({ operands }) => operands)
    .filter(({ path }) => path.length === 2 && path[0] !== 'snapshot' && path[0] !== 'history' && path[0] !== 'group')
  return [...new Set(columns.map(({ path }) => path[1] ?? ''))].flatMap((name) => {
    if (names.includes(name)) return []
    const near = nearestName(name, names)
    return near === undefined
      ? [finding(rule, 'info', 'untyped-column', ['when'], `the type of ${name} is not declared, so it counts as text`)]
      : [finding(rule, 'error', 'unknown-column', ['when'], `there is no column ${name}`, [`Did you mean ${near}?`])]
  })
}

function aboutForm(rule: Rule): LintFinding[] {
  const found: LintFinding[] = []
  if (rule.owner === null)
    found.push(
      finding(rule, 'warning', 'no-owner', ['id'], 'nobody owns this rule', [
        'Name who acts on its alerts with owner:',
      ]),
    )
  if (rule.tests.length === 0) {
    found.push(
      finding(rule, 'warning', 'no-test', ['id'], 'this rule has no test', [
        'Add tests: with changes that raise an alert, and some that do not',
      ]),
    )
  } else {
    const isPositive = (test: Rule['tests'][number]) =>
      test.alerts.some((one) => one.rule === null || one.rule === rule.id)
    if (!rule.tests.some((test) => !isPositive(test) || test.changes.length > test.alerts.length))
      found.push(
        finding(rule, 'warning', 'no-negative-test', ['tests'], 'no test shows a change that must not raise an alert'),
      )
    if (!rule.tests.some(isPositive))
      found.push(
        finding(rule, 'warning', 'no-positive-test', ['tests'], 'no test shows a change that must raise an alert'),
      )
  }
  return found
}

function aboutCondition({ rule, condition }: CompiledRule): LintFinding[] {
  const found: LintFinding[] = []
  const never = neverTrue(condition.root)
  if (never !== null)
    found.push(finding(rule, 'error', 'never-true', ['when'], `this can never be true: ${never} (proved)`))
  else if (alwaysTrue(condition.root))
    found.push(
      finding(
        rule,
        'warning',
        'always-true',
        ['when'],
        'this is true for every change whose values are there (proved)',
      ),
    )
  const columns = condition.leaves.flatMap((leaf) => leaf.operands.map((operand) => ({ leaf, operand })))
  if (columns.length === 0)
    found.push(finding(rule, 'warning', 'constant', ['when'], 'this does not look at the change at all'))
  if (rule.minBase === null && columns.some(({ operand }) => RATIOS.includes(operand.flat))) {
    found.push(
      finding(rule, 'warning', 'ratio-without-base', ['when'], 'a ratio without min_base: one row of two is half', [
        'Say with min_base: how many rows there must have been',
      ]),
    )
  }
  if (rule.on === 'create' || rule.on === 'delete') {
    const side = rule.on === 'create' ? 'before' : 'after'
    const empty = columns.find(({ operand, leaf }) => operand.path[0] === side && !asksForNull(leaf.root))
    if (empty !== undefined)
      found.push(
        finding(
          rule,
          'error',
          'empty-side',
          ['when'],
          `${written(empty.operand.path)} is always empty for a ${rule.on}d row`,
          [`Use ${side === 'before' ? 'after' : 'before'}`],
          empty.leaf.start,
        ),
      )
  }
  for (const leaf of condition.leaves) {
    const isOrdered =
      leaf.comparison !== null && /[<>]=?$/.test(leaf.comparison.operator) && leaf.comparison.operator !== '<>'
    if (
      isOrdered &&
      !isCounted(rule) &&
      leaf.operands.length > 1 &&
      leaf.operands.every(({ type }) => type === 'VARCHAR')
    )
      found.push(
        finding(
          rule,
          'warning',
          'text-order',
          ['when'],
          `${leaf.text} orders text, in which 9 comes after 10`,
          ['Declare the types: --types, or types: in the rule file'],
          leaf.start,
        ),
      )
  }
  return found
}

const asksForNull = (root: SqlNode): boolean =>
  [...nodesOf(root)].some((node) => /NULL|DISTINCT/.test(String(node.type)) || node.function_name === 'coalesce')

const sameTarget = (a: Rule, b: Rule): boolean =>
  a.relation === b.relation && a.groupBy.join() === b.groupBy.join() && isCounted(a) === isCounted(b)

function aboutPairs(set: RuleSet, compiled: readonly CompiledRule[]): LintFinding[] {
  const active = compiled.filter(({ rule }) => rule.mode === 'active')
  return active.flatMap((later, index) =>
    active.slice(0, index).flatMap((earlier): LintFinding[] => {
      if (!sameTarget(earlier.rule, later.rule)) return []
      const covers = earlier.rule.on === later.rule.on || earlier.rule.on === 'any'
      const [a, b] = [earlier.condition.root, later.condition.root]
      const { line } = earlier.rule.place
      if (
        earlier.rule.on === later.rule.on &&
        earlier.rule.minBase === later.rule.minBase &&
        implies(a, b) &&
        implies(b, a)
      )
        return [
          finding(
            later.rule,
            'warning',
            'duplicate-rule',
            ['when'],
            `the same condition as ${earlier.rule.id} at line ${line}`,
          ),
        ]
      if (set.match === 'first' && !isCounted(later.rule) && covers && implies(b, a))
        return [
          finding(
            later.rule,
            'error',
            'shadowed',
            ['when'],
            `${earlier.rule.id} at line ${line} matches whatever this matches, and comes first (proved)`,
          ),
        ]
      return []
    }),
  )
}
