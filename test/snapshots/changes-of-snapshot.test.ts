import { describe, expect, it, onTestFinished } from 'vitest'
import { changedRelations, changesOfSnapshot } from '../../src/snapshots/index.js'
import { TestEvidence, type TestRow, type TestSnapshot } from '../support/evidence.js'
import fc from '../support/property.js'

const FEED = 'p1/x'

async function evidenceOf(snapshots: readonly TestSnapshot[]): Promise<{ evidence: TestEvidence; ids: string[] }> {
  const evidence = await TestEvidence.create()
  const ids: string[] = []
  for (const snapshot of snapshots) ids.push(await evidence.load(snapshot))
  return { evidence, ids }
}

const share = (work: string, party: string, percent: string, more: Record<string, string> = {}): TestRow => ({
  relation: 'shares',
  values: { work_id: work, party_id: party, share: percent, share_kind: 'licensing', right: 'mech', ...more },
})

const full = (day: string, rows: readonly TestRow[], more: Partial<TestSnapshot> = {}): TestSnapshot => ({
  published: `${day}T00:00:00Z`,
  received: `${day}T00:00:00Z`,
  scope: 'full',
  relations: ['shares'],
  rows,
  ...more,
})

async function changes(evidence: TestEvidence, id: string, relation: string) {
  const set = await changesOfSnapshot(evidence.db, FEED, id, relation)
  return { set, rows: await evidence.db.rows(`SELECT * FROM ${set.table} ORDER BY position`) }
}

describe('the change set of a snapshot', () => {
  it('holds what was created, updated and deleted, in the order of the keys, with whole rows', async () => {
    const { evidence, ids } = await evidenceOf([
      full('2019-01-10', [share('W1', 'A', '50'), share('W1', 'B', '50'), share('W2', 'A', '100')]),
      full('2019-07-10', [share('W1', 'A', '40'), share('W2', 'A', '100'), share('W0', 'C', '10')]),
    ])
    onTestFinished(() => evidence.close())
    const { set, rows } = await changes(evidence, ids[1] ?? '', 'shares')
    expect(set.key).toEqual([
      'work_id',
      'party_id',
      'role',
      'chain',
      'share_kind',
      'right',
      'territories',
      'valid_from',
    ])
    expect(set.columns.find(({ name }) => name === 'share')).toEqual({ name: 'share', type: 'DECIMAL(18,6)' })
    const told = rows.map((row) => [
      row.position,
      row.op,
      row['key.work_id'],
      row['key.party_id'],
      row['before.share'],
      row['after.share'],
      row.changed,
    ])
    expect(told).toEqual([
      [1, 'create', 'W0', 'C', null, '10.000000', []],
      [2, 'update', 'W1', 'A', '50.000000', '40.000000', ['share']],
      [3, 'delete', 'W1', 'B', '50.000000', null, []],
    ])
    expect(rows[1]).toMatchObject({ 'before.right': 'mech', 'after.right': 'mech', 'after.work_id': 'W1' })
    expect(rows[2]).toMatchObject({ 'after.work_id': null, 'before.work_id': 'W1' })
    expect(await changedRelations(evidence.db, FEED, ids[1] ?? '')).toEqual(['shares'])
  })

  it('pairs the rows of a key that has several, and tells a partial date from the full one that begins it', async () => {
    const { evidence, ids } = await evidenceOf([
      full('2019-01-10', [share('W1', 'A', '50'), share('W1', 'A', '60'), share('W2', 'A', '1', { valid_to: '2030' })]),
      full('2019-02-10', [share('W1', 'A', '70'), share('W2', 'A', '1', { valid_to: '2030-01-01' })]),
    ])
    onTestFinished(() => evidence.close())
    const { rows } = await changes(evidence, ids[1] ?? '', 'shares')
    const told = rows.map((row) => [row.op, row['key.work_id'], row['before.share'], row['after.share'], row.changed])
    // Two rows of W1 become one: one was updated, one deleted. 2030 is any day of that year.
    expect(told).toEqual([
      ['update', 'W1', '50.000000', '70.000000', ['share']],
      ['delete', 'W1', '60.000000', null, []],
      ['update', 'W2', '1.000000', '1.000000', ['valid_to_last']],
    ])
  })

  it('holds nothing of a late arrival that is never believed, and does not mind what arrived after it', async () => {
    const newer = full('2019-05-01', [share('W1', 'A', '20')])
    const late = full('2019-01-01', [share('W1', 'A', '10')], { received: '2019-06-01T00:00:00Z' })
    const last = full('2019-07-01', [share('W1', 'A', '30')])
    for (const order of [
      [newer, late, last],
      [last, late, newer],
    ]) {
      const { evidence, ids } = await evidenceOf(order)
      const idOf = (one: TestSnapshot): string => ids[order.indexOf(one)] ?? ''
      expect((await changes(evidence, idOf(late), 'shares')).rows).toEqual([])
      const { rows } = await changes(evidence, idOf(last), 'shares')
      expect(rows.map((row) => [row.op, row['before.share'], row['after.share']])).toEqual([
        ['update', '20.000000', '30.000000'],
      ])
      await evidence.close()
    }
  })

  it('refuses a feed, a snapshot and a relation that are not there, with the nearest name', async () => {
    const { evidence, ids } = await evidenceOf([full('2019-01-10', [share('W1', 'A', '50')])])
    onTestFinished(() => evidence.close())
    await expect(changesOfSnapshot(evidence.db, 'p1/y', '2019', 'shares')).rejects.toMatchObject({
      code: 'unknown-feed',
      suggestions: ['Did you mean p1/x?'],
    })
    await expect(changesOfSnapshot(evidence.db, FEED, '2020', 'shares')).rejects.toMatchObject({
      code: 'unknown-snapshot',
    })
    await expect(changesOfSnapshot(evidence.db, FEED, ids[0] ?? '', 'sharks')).rejects.toMatchObject({
      code: 'unknown-relation',
    })
  })
})

const day = fc.integer({ min: 1, max: 5 }).map((d) => `2020-01-0${d}T00:00:00Z`)
const history = fc
  .array(
    fc.record({
      published: day,
      received: day,
      scope: fc.constantFrom<'full' | 'delta'>('full', 'full', 'delta'),
      rows: fc.uniqueArray(fc.record({ id: fc.constantFrom('A', 'B', 'C'), name: fc.constantFrom('x', 'y', 'z') }), {
        maxLength: 5,
        selector: ({ id, name }) => `${id}|${name}`,
      }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map(
      ({ rows, ...one }, sequence): TestSnapshot => ({
        ...one,
        sequence,
        relations: ['parties'],
        rows: rows.map(({ id, name }) => ({ relation: 'parties', values: { party_id: id, name } })),
      }),
    ),
  )

describe('the change sets of a history', () => {
  it('add up to what stands, one after the other in order of receipt, with the counts that were reported', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (snapshots) => {
        const { evidence } = await evidenceOf(snapshots)
        try {
          const inOrder = await evidence.db.rows(
            `SELECT s.snapshot, received::VARCHAR AS received, r.created, r.updated, r.deleted FROM snapshots s
             JOIN snapshot_relations r USING (snapshot_no) ORDER BY received, published, sequence`,
          )
          const standing: string[] = []
          for (const { snapshot, created, updated, deleted } of inOrder) {
            const { rows } = await changes(evidence, String(snapshot), 'parties')
            const ops = (op: string) => rows.filter((row) => row.op === op)
            expect([ops('create').length, ops('update').length, ops('delete').length]).toEqual([
              created,
              updated,
              deleted,
            ])
            for (const row of rows) {
              if (row.op === 'create') continue
              const place = standing.indexOf(`${row['before.party_id']}|${row['before.name']}`)
              expect(place).toBeGreaterThanOrEqual(0)
              standing.splice(place, 1)
            }
            for (const row of rows)
              if (row.op !== 'delete') standing.push(`${row['after.party_id']}|${row['after.name']}`)
          }
          const open = await evidence.db.rows(
            `SELECT party_id || '|' || name AS said FROM statements.parties WHERE known_to IS NULL ORDER BY said`,
          )
          expect([...standing].sort()).toEqual(open.map(({ said }) => said))
        } finally {
          await evidence.close()
        }
      }),
      { numRuns: 8 },
    )
  }, 240_000)
})
