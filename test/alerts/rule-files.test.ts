/** Rule files as people write them: all mistakes with their places, the schema for editors, the packs that are shipped. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownTypes } from '../../src/alerts/declared-types.js'
import { lintRules } from '../../src/alerts/lint/lint.js'
import { readRuleSet } from '../../src/alerts/rules/read.js'
import { ruleFileJsonSchema } from '../../src/alerts/rules/schema.js'
import { hasPassed, runTests } from '../../src/alerts/testing/run-tests.js'
import { PROJECT } from '../support/cli.js'
import { database, rules } from './kit.js'

const at = database()
const lint = async (text: string): Promise<string[]> =>
  (await lintRules(at.db, rules(text), { types: new Map(), sources: [] })).map(
    ({ level, code, rule, line }) => `${level} ${code} ${rule} ${line}`,
  )

describe('a rule file', () => {
  it('tells all of its mistakes at once, and keeps the rules that are right', () => {
    const set = rules(`match: some
rules:
  - {id: right, on: any, when: op = 'create'}
  - {id: Wrong id, on: any, when: true}
  - {id: b, on: sometimes, when: 'true', colour: red}
  - {id: c, on: group, when: created > 1}
  - {id: right, on: any, when: op = 'delete'}
  - {id: d, on: create, when: op = 'x', suppress: {by: nobody}}
  - {id: e, on: create, when: op = 'x', tests: [{name: t, changes: [{op: create, key: {id: 1}, before: {x: 1}}], alerts: []}]}
  - {id: f, on: create, when: op = 'x', suppress: {by: g}}
  - {id: g, on: create, when: op = 'x', suppress: {by: f}}`)
    expect(set.rules.map(({ id }) => id)).toEqual(['right', 'right', 'd', 'f', 'g'])
    expect(set.problems.map(({ details: { line }, code }) => `${line} ${code}`)).toEqual([
      '1 invalid-setting',
      '4 invalid-setting',
      '4 invalid-setting',
      '5 invalid-setting',
      '5 unknown-key',
      '6 invalid-setting',
      '7 duplicate-id',
      '8 invalid-setting',
      '9 invalid-setting',
      '10 invalid-setting',
      '11 invalid-setting',
    ])
  })

  it.each([
    ['rules: [', 'invalid-yaml'],
    ['a: &a [*a, *a]\nrules: []', 'invalid-setting'],
    ['', 'invalid-setting'],
    ['- 1', 'invalid-setting'],
    ['rules: nothing', 'invalid-setting'],
  ])('%s is told as what it is', (text, code) => {
    expect(rules(text).problems.map((problem) => problem.code)).toContain(code)
  })

  it('has the schema that editors are given', () => {
    const shipped: unknown = JSON.parse(readFileSync(join(PROJECT, 'docs/alert-rules.schema.json'), 'utf8'))
    expect(shipped).toEqual(ruleFileJsonSchema())
  })
})

describe('lint', () => {
  it.each([
    ['after.a > 5 and after.a < 3', 'never-true'],
    ['after.a = 1 and after.a = 2', 'never-true'],
    ['after.a in (1, 2) and after.a > 2', 'never-true'],
    ['not (after.a <= 5 or after.a >= 3)', 'never-true'],
    ['5 < after.a and after.a between 1 and 5', 'never-true'],
    ["after.t = 'x' and after.t = 'y'", 'never-true'],
    ['after.a >= 5 or after.a < 5', 'always-true'],
    ["op = 'x' or op <> 'x'", 'always-true'],
  ])('proves of %s: %s', async (when, code) => {
    const found = await lint(`types: {a: integer}\nrules: [{id: r, owner: o, on: update, when: "${when}"}]`)
    expect(found.join()).toContain(code)
  })

  it.each([
    'after.a > 3 and after.a < 5',
    'after.a > 5 or after.a < 3',
    'after.a >= 5 and after.a <= 5',
    'after.a <> 1 and after.a <> 2',
    'after.a > 5 and before.a < 3',
    'after.a > 3 or after.a < 3',
  ])('claims nothing of %s', async (when) => {
    const found = await lint(`types: {a: integer}\nrules: [{id: r, owner: o, on: update, when: "${when}"}]`)
    expect(found).toEqual(['warning no-test r 2'])
  })

  it('sees what rules do to each other', async () => {
    const set = (match: string) => `match: ${match}
types: {a: integer}
rules:
  - {id: wide, owner: o, on: any, when: after.a > 1}
  - {id: narrow, owner: o, on: update, when: after.a > 2 and op = 'update'}
  - {id: again, owner: o, on: any, when: after.a   > 1}
  - {id: other, owner: o, on: any, when: before.a > 2}`
    const without = (found: string[]) => found.filter((one) => !one.includes('no-test'))
    expect(without(await lint(set('all')))).toEqual(['warning duplicate-rule again 6'])
    expect(without(await lint(set('first')))).toEqual(['error shadowed narrow 5', 'warning duplicate-rule again 6'])
  })

  it('sees missing owners, tests, bases, and sides that are always empty', async () => {
    expect(
      await lint(`rules:
  - {id: a, on: create, when: before.x = '1'}
  - {id: b, owner: o, on: group, group_by: x, when: deleted_ratio > 0.5}
  - {id: c, owner: o, on: update, when: after.x > before.x, tests: [{name: t, changes: [{op: update, key: {id: 1}, before: {x: a}, after: {x: b}}], alerts: [{}]}]}`),
    ).toEqual([
      'warning no-owner a 2',
      'warning no-test a 2',
      'error empty-side a 2',
      'warning no-test b 3',
      'warning ratio-without-base b 3',
      'warning text-order c 4',
      'warning no-negative-test c 4',
    ])
  })
})

describe('tests beside rules', () => {
  it('fail for an alert that is missing, one that is not listed, and a value of the wrong type', async () => {
    const set = rules(`types: {price: decimal}
rules:
  - id: a
    on: update
    when: after.price > 10
    message: "now {after.price}"
    tests:
      - {name: right, changes: [{op: update, key: {id: 1}, before: {price: 1}, after: {price: 11.5}}], alerts: [{key: {id: 1}, message: now 11.5, severity: medium}]}
      - {name: missing, changes: [{op: update, key: {id: 1}, before: {price: 1}, after: {price: 9}}], alerts: [{key: {id: 1}}]}
      - {name: unlisted, changes: [{op: update, key: {id: 1}, before: {price: 1}, after: {price: 11}}], alerts: []}
      - {name: message, changes: [{op: update, key: {id: 1}, before: {price: 1}, after: {price: 11}}], alerts: [{message: now 12}]}
      - {name: type, changes: [{op: update, key: {id: 1}, before: {price: 1}, after: {price: dear}}], alerts: []}`)
    const outcomes = await runTests(at.db, set, ownTypes(set), () => true)
    expect(
      outcomes.map((one) => [
        one.test.name,
        hasPassed(one),
        one.missing.length,
        one.unexpected.length,
        one.error !== null,
      ]),
    ).toEqual([
      ['right', true, 0, 0, false],
      ['missing', false, 1, 0, false],
      ['unlisted', false, 0, 1, false],
      ['message', false, 1, 1, false],
      ['type', false, 0, 0, true],
    ])
  })

  it.each(['rights-feeds', 'ticket-inventory'])('pass, and lint finds nothing: %s', async (name) => {
    const set = readRuleSet(readFileSync(join(PROJECT, `rules/${name}.yaml`), 'utf8'), name)
    const outcomes = await runTests(at.db, set, ownTypes(set), () => true)
    expect(outcomes.length).toBeGreaterThan(set.rules.length)
    expect(outcomes.filter((one) => !hasPassed(one)).map(({ test }) => test.name)).toEqual([])
    expect(await lintRules(at.db, set, { types: new Map(), sources: [] })).toEqual([])
  })
})
