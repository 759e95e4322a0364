/** What rules raise, keep back and leave open: cases worked out by hand. */
import { describe, expect, it } from 'vitest'
import { conditions, database, rules, run, source, type TestChange, told } from './kit.js'

const at = database()
const TYPES = { id: 'INTEGER', price: 'DECIMAL(10,2)', owner: 'VARCHAR' }

const update = (id: number, before: number | null, after: number | null, owner = 'A'): TestChange => ({
  op: 'update',
  key: { id },
  before: { price: before, owner },
  after: { price: after, owner },
})

describe('rules about changes', () => {
  it('look at their operation, tell why in the words of the rule, and leave open what is empty', async () => {
    const from = await source(
      at.db,
      [
        update(1, 15, 40),
        update(2, 15, 29.99),
        update(3, null, 40),
        { op: 'create', key: { id: 4 }, after: { price: 99, owner: 'A' } },
      ],
      TYPES,
    )
    const result = await run(at.db, conditions('update', 'after.price >= 2 * before.price'), from)
    expect(result.alerts.map(({ because, key }) => [key, because])).toEqual([
      [
        { id: 1 },
        [{ condition: 'after.price >= 2 * before.price', operands: { 'after.price': 40, 'before.price': 15 } }],
      ],
    ])
    expect([...result.counts.values()]).toEqual([
      { evaluated: 3, matched: 1, suppressed: 0, shadowed: 0, cannotEvaluate: 1, alerts: 1 },
    ])
    expect(result.unknown.map(({ examples }) => examples)).toEqual([
      [{ key: { id: 3 }, group: null, empty: ['before.price'] }],
    ])
    expect([result.changes, result.unmatched]).toEqual([4, 3])
  })

  it('are three-valued: an empty value decides nothing that another decides', async () => {
    const from = await source(at.db, [update(1, null, 5)], TYPES)
    const set = conditions(
      'any',
      'before.price > 1 and after.price > 9',
      'before.price > 1 or after.price > 1',
      'before.price > 1 and after.price > 1',
      'before.price is null',
    )
    const result = await run(at.db, set, from)
    expect(told(result.alerts)).toEqual(['b 1', 'd 1'])
    expect(result.unknown.map(({ compiled }) => compiled.rule.id)).toEqual(['c'])
  })

  it('are open where a value cannot be converted, and hold elsewhere', async () => {
    const from = await source(at.db, [update(1, 1, 1, '7'), update(2, 1, 1, 'seven'), update(3, 1, 1, '3')], TYPES)
    const result = await run(
      at.db,
      conditions('update', 'after.owner::INTEGER > 5', 'after.price / (after.price - 1) > 5'),
      from,
    )
    expect(told(result.alerts)).toEqual(['a 1'])
    expect(result.unknown.map(({ compiled, count, columns }) => [compiled.rule.id, count, columns])).toEqual([
      ['a', 1, []],
      ['b', 3, []],
    ])
  })

  it('name of alternatives the one that held', async () => {
    const from = await source(at.db, [update(1, 1, 50)], TYPES)
    const set = conditions(
      'update',
      "(before.price > 10 or after.price > 20) and (owner_is or op = 'update')".replace(
        'owner_is',
        "after.owner = 'B'",
      ),
    )
    const [alert] = (await run(at.db, set, from)).alerts
    expect(alert?.because.map(({ condition }) => condition)).toEqual(['after.price > 20', "op = 'update'"])
  })

  it('with first, give a change to the first that matches; rules in mode evaluate take none', async () => {
    const from = await source(at.db, [update(1, 1, 50), update(2, 1, 5)], TYPES)
    const set = rules(`match: first
rules:
  - {id: trial, on: update, mode: evaluate, when: after.price > 0}
  - {id: dear, on: update, when: after.price > 20}
  - {id: off, on: update, mode: off, when: after.price > 0}
  - {id: any, on: update, when: after.price > 2}`)
    const result = await run(at.db, set, from)
    expect(told(result.alerts)).toEqual(['dear 1', 'any 2'])
    expect(result.shadowed.map(({ compiled, by }) => [compiled.rule.id, by?.compiled.rule.id])).toEqual([
      ['any', 'dear'],
    ])
    expect(told(result.evaluated)).toEqual(['trial 1', 'trial 2'])
  })

  it('walk to the first condition that does not hold', async () => {
    const from = await source(at.db, [update(1, 10, 15)], TYPES)
    const set = rules(`rules:
  - {id: spike, on: update, when: before.price > 5 and after.price >= 2 * before.price}
  - {id: new, on: create, when: after.price > 1}
  - {id: group, on: group, group_by: owner, when: updated > 3}`)
    const { whyNot } = await run(at.db, set, from, { whyNot: '1' })
    expect(
      whyNot?.rules.map(({ outcome, condition, distance, held, group }) => [outcome, condition, distance, held, group]),
    ).toEqual([
      ['not-met', 'after.price >= 2 * before.price', 5, ['before.price > 5'], null],
      ['other-operation', null, null, [], null],
      ['not-met', 'updated > 3', 2, [], { owner: 'A' }],
    ])
    await expect(run(at.db, set, from, { whyNot: '9' })).rejects.toMatchObject({ code: 'not-changed' })
  })
})

describe('rules that count', () => {
  // Before: A has 1, 2, 3; B has 4; C has 5, 6. Now: A has 3; B has 4; D has 5, 6, 7.
  const changes: TestChange[] = [
    { op: 'delete', key: { id: 1 }, before: { owner: 'A', price: 1 } },
    { op: 'delete', key: { id: 2 }, before: { owner: 'A', price: 2 } },
    { op: 'update', key: { id: 4 }, before: { owner: 'B', price: 4 }, after: { owner: 'B', price: 40 } },
    { op: 'update', key: { id: 5 }, before: { owner: 'C', price: 5 }, after: { owner: 'D', price: 5 } },
    { op: 'update', key: { id: 6 }, before: { owner: 'C', price: 6 }, after: { owner: 'D', price: 6 } },
    { op: 'create', key: { id: 7 }, after: { owner: 'D', price: 7 } },
  ]
  const row = (id: number, owner: string, price: number) =>
    `SELECT ${id} AS id, ${price}::DECIMAL(10,2) AS price, '${owner}' AS owner`
  const oldRows = `(${[row(1, 'A', 1), row(2, 'A', 2), row(3, 'A', 3), row(4, 'B', 4), row(5, 'C', 5), row(6, 'C', 6)].join(' UNION ALL ')})`
  const newRows = `(${[row(3, 'A', 3), row(4, 'B', 40), row(5, 'D', 5), row(6, 'D', 6), row(7, 'D', 7)].join(' UNION ALL ')})`

  it('count by the group of the row before and now; a row that changes its group is neither new nor gone', async () => {
    const from = await source(at.db, changes, TYPES, { oldRows, newRows })
    const set = rules(`rules:
  - id: all
    on: group
    group_by: owner
    when: changes > 0
    message: "{owner}: {created} {updated} {deleted} {moved_in} {moved_out} {old_rows} {new_rows} {deleted_ratio}"
  - {id: sum, on: group, group_by: owner, when: sum(new.price) > 2 * sum(old.price)}
  - {id: based, on: group, group_by: owner, when: deleted_ratio > 0.5, min_base: 4}
  - {id: lost, on: group, group_by: owner, when: deleted_ratio > 0.5, min_base: 3}
  - {id: whole, on: snapshot, when: "deleted = 2 and old_rows = 6 and new_rows = 5 and max(after.price) = 40"}`)
    const result = await run(at.db, set, from)
    expect(result.alerts.filter(({ compiled }) => compiled.rule.id === 'all').map(({ message }) => message)).toEqual([
      'A: 0 0 2 0 0 3 1 0.6666666666666666',
      'B: 0 1 0 0 0 1 1 0',
      'C: 0 0 0 0 2 2 0 0',
      'D: 1 0 0 2 0 0 3 0',
    ])
    expect(told(result.alerts).filter((one) => !one.startsWith('all'))).toEqual(['sum B', 'sum D', 'lost A', 'whole '])
  })

  it('are open where the rows before are not known', async () => {
    const from = await source(at.db, changes, TYPES)
    const set = rules(
      'rules: [{id: lost, on: group, group_by: owner, when: deleted_ratio > 0.5}, {id: more, on: snapshot, when: deleted > 1}]',
    )
    const result = await run(at.db, set, from)
    expect(told(result.alerts)).toEqual(['more '])
    expect(result.unknown.map(({ compiled, count, columns }) => [compiled.rule.id, count, columns])).toEqual([
      ['lost', 4, ['deleted_ratio']],
    ])
  })

  it('keep back the alerts of the rows of their group, and name themselves', async () => {
    const from = await source(at.db, changes, TYPES, { oldRows, newRows })
    const set = rules(`rules:
  - {id: gone, on: delete, when: before.price > 0, suppress: {by: lost}}
  - {id: moved, on: update, when: before.owner <> after.owner, suppress: {by: gone}}
  - {id: lost, on: group, group_by: owner, when: deleted > 1}`)
    const result = await run(at.db, set, from)
    expect(told(result.alerts)).toEqual(['moved 5', 'moved 6', 'lost A'])
    expect(result.suppressed.map(({ key, by }) => [key, by?.compiled.rule.id, by?.group])).toEqual([
      [{ id: 1 }, 'lost', { owner: 'A' }],
      [{ id: 2 }, 'lost', { owner: 'A' }],
    ])
  })
})

describe('periods', () => {
  const earlier = (received: string) =>
    `(SELECT 'a' AS rule, '["1"]' AS identity, '["1"]' AS subject, TIMESTAMP '${received}' AS received)`
  const set = rules(`rules:
  - {id: a, on: update, when: after.price > 1, dedupe: 7d}
  - {id: b, on: update, when: after.price > 1, suppress: {by: a, within: 2d}}
  - {id: c, on: update, when: after.price > 1, dedupe: {within: 1d, by: [after.owner]}}`)

  it.each([
    // Seven days later to the instant the week is over; a later alert is none before.
    ['2024-05-01', ['b 1', 'c 1', 'a 2'], ['a 1', 'b 2', 'c 2']],
    ['2024-04-30', ['a 1', 'c 1', 'a 2'], ['b 1', 'b 2', 'c 2']],
    ['2024-05-09', ['a 1', 'c 1', 'a 2'], ['b 1', 'b 2', 'c 2']],
    ['2024-05-06', ['c 1', 'a 2'], ['a 1', 'b 1', 'b 2', 'c 2']],
  ])('go by feed time: an alert of %s', async (received, raised, kept) => {
    const from = await source(at.db, [update(1, 1, 5), update(2, 1, 5)], TYPES, {
      ...{
        received: received === '2024-04-30' ? '2024-05-07T00:00:00Z' : '2024-05-07T00:00:00Z',
        earlier: earlier(received),
      },
    })
    const result = await run(at.db, set, from)
    expect(told(result.alerts)).toEqual(raised)
    expect(told(result.suppressed)).toEqual(kept)
  })

  it('name the earlier snapshot', async () => {
    const from = await source(at.db, [update(1, 1, 5)], TYPES, {
      received: '2024-05-07T00:00:00Z',
      earlier: earlier('2024-05-06'),
    })
    const { suppressed } = await run(at.db, set, from)
    expect(suppressed[0]?.by).toMatchObject({ received: '2024-05-06T00:00:00Z' })
  })
})
