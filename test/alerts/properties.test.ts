/** Properties of the engine, against a naive model that was written for this test alone. */
import { describe, expect, it } from 'vitest'
import { compareRules } from '../../src/alerts/compare.js'
import fc from '../support/property.js'
import { database, outline, rules, run, source, type TestChange } from './kit.js'

const two = database(2)
const one = database(1)
const TYPES = { id: 'INTEGER', price: 'INTEGER', owner: 'VARCHAR' }

type Truth = boolean | null
interface Node {
  readonly text: string
  /** Three-valued, as SQL says. */
  evaluate(change: TestChange): Truth
}

const value = (change: TestChange, side: 'before' | 'after', column: string): number | string | null =>
  change[side]?.[column] ?? null

const comparison: fc.Arbitrary<Node> = fc
  .record({
    side: fc.constantFrom('before', 'after'),
    operator: fc.constantFrom('<', '<=', '=', '<>', '>', '>='),
    limit: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ side, operator, limit }) => ({
    text: `${side}.price ${operator} ${limit}`,
    evaluate: (change) => {
      const price = value(change, side as 'before', 'price') as number | null
      if (price === null) return null
      switch (operator) {
        case '<':
          return price < limit
        case '<=':
          return price <= limit
        case '=':
          return price === limit
        case '<>':
          return price !== limit
        case '>':
          return price > limit
        default:
          return price >= limit
      }
    },
  }))

const emptiness: fc.Arbitrary<Node> = fc.constantFrom('before', 'after').map((side) => ({
  text: `${side}.owner IS NULL`,
  evaluate: (change) => value(change, side as 'before', 'owner') === null,
}))

const { condition } = fc.letrec<{ condition: Node }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    emptiness,
    fc.tuple(tie('condition'), tie('condition')).map(
      ([a, b]): Node => ({
        text: `(${a.text}) and (${b.text})`,
        evaluate: (change) => {
          const [x, y] = [a.evaluate(change), b.evaluate(change)]
          return x === false || y === false ? false : x === null || y === null ? null : true
        },
      }),
    ),
    fc.tuple(tie('condition'), tie('condition')).map(
      ([a, b]): Node => ({
        text: `(${a.text} or ${b.text})`,
        evaluate: (change) => {
          const [x, y] = [a.evaluate(change), b.evaluate(change)]
          return x === true || y === true ? true : x === null || y === null ? null : false
        },
      }),
    ),
    tie('condition').map(
      (a): Node => ({
        text: `not (${a.text})`,
        evaluate: (change) => {
          const x = a.evaluate(change)
          return x === null ? null : !x
        },
      }),
    ),
  ),
}))

const row = fc.record({ price: fc.option(fc.integer({ min: 0, max: 4 })), owner: fc.option(fc.constantFrom('A', 'B')) })
const changes = fc
  .array(fc.record({ op: fc.constantFrom('create', 'update', 'delete'), before: row, after: row }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((list) =>
    list.map(
      ({ op, before, after }, id): TestChange => ({
        op: op as TestChange['op'],
        key: { id },
        ...(op === 'create' ? {} : { before }),
        ...(op === 'delete' ? {} : { after }),
      }),
    ),
  )

const rule = fc.record({ on: fc.constantFrom('create', 'update', 'delete', 'any'), condition })
const setOf = (list: readonly { on: string; condition: Node }[], match: string) =>
  rules(
    `match: ${match}\nrules:\n${list.map(({ on, condition: { text } }, index) => `  - {id: r${index}, on: ${on}, when: ${JSON.stringify(text)}}`).join('\n')}`,
  )

const RUNS = { numRuns: 15 }

describe('the engine', () => {
  it('agrees with a naive model, with all and with first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        changes,
        fc.constantFrom('all', 'first'),
        async (list, given, match) => {
          const result = await run(two.db, setOf(list, match), await source(two.db, given, TYPES))
          const expected: string[] = []
          const open = new Map<string, number>()
          for (const change of given) {
            let isTaken = false
            list.forEach(({ on, condition: { evaluate } }, index) => {
              if (on !== 'any' && on !== change.op) return
              const truth = evaluate(change)
              if (truth === null) open.set(`r${index}`, (open.get(`r${index}`) ?? 0) + 1)
              if (truth !== true || (isTaken && match === 'first')) return
              expected.push(`r${index} ${change.key.id}`)
              isTaken = true
            })
          }
          expect(result.alerts.map(({ compiled, key }) => `${compiled.rule.id} ${key?.id}`)).toEqual(expected)
          expect(new Map(result.unknown.map(({ compiled, count }) => [compiled.rule.id, count]))).toEqual(open)
        },
      ),
      RUNS,
    )
  })

  const ALL = rules(`rules:
  - {id: dear, on: any, when: after.price > 2, dedupe: {within: 1d, by: [after.owner]}}
  - {id: gone, on: delete, when: before.price >= 0, suppress: {by: many}}
  - {id: many, on: group, group_by: owner, when: deleted > 1, message: "{owner} {deleted}"}
  - {id: sum, on: group, group_by: owner, when: sum(after.price) > 3}
  - {id: whole, on: snapshot, when: created > updated}`)

  it('says the same whatever the order of rows and the number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(
        changes.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray(
              given.map((_, index) => index),
              { minLength: given.length },
            ),
          ),
        ),
        async ([given, order]) => {
          const a = await run(two.db, ALL, await source(two.db, given, TYPES))
          const b = await run(one.db, ALL, await source(one.db, given, TYPES, { order }))
          expect(outline(b)).toEqual(outline(a))
        },
      ),
      RUNS,
    )
  })

  it('says of the parts together what it says of the whole, where no window spans the cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 3 }), changes, fc.nat(), async (list, given, at) => {
        const set = setOf(list, 'all')
        const cut = at % (given.length + 1)
        const whole = await run(two.db, set, await source(two.db, given, TYPES))
        const parts = await Promise.all(
          [given.slice(0, cut), given.slice(cut)].map(async (part) =>
            run(two.db, set, await source(two.db, part, TYPES, { key: ['id'] })),
          ),
        )
        const lines = (alerts: typeof whole.alerts) =>
          alerts.map(({ compiled, key, because }) => JSON.stringify([compiled.rule.id, key, because]))
        expect(parts.flatMap(({ alerts }) => lines(alerts))).toEqual(lines(whole.alerts))
      }),
      RUNS,
    )
  })

  it('finds no difference between a set and itself', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (given) => {
        const from = await source(two.db, given, TYPES)
        const { added, removed, changed } = await compareRules(
          two.db,
          { old: ALL, new: ALL },
          [{ relation: null, source: from }],
          { limit: 1000 },
        )
        expect([added, removed, changed]).toEqual([[], [], []])
      }),
      { numRuns: 10 },
    )
  })
})
