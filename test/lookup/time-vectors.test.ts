/** The time vectors T1 to T15, T17 of the domain, asked through the look-up: who claims what on day D as known on K. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookup } from '../../src/lookup/index.js'
import { TestEvidence, type TestRow } from '../support/evidence.js'

const share = (party: string, percent: string, from: string, to = ''): TestRow => ({
  relation: 'shares',
  values: {
    work_id: 'W',
    party_id: party,
    share: percent,
    share_kind: 'licensing',
    right: 'mech',
    territories: 'US',
    valid_from: from,
    valid_to: to,
  },
})

const c1 = share('A', '50', '2015-01-01')
const c2 = share('A', '50', '2015-01-01', '2019-04-01')
const c3 = share('B', '50', '2019-04-01')
const c4 = share('B', '75', '2019-04-01')
const c5 = share('A', '100', '2015-01-01')

const snapshot = (received: string, rows: TestRow[], more: { published?: string; scope?: 'full' | 'delta' } = {}) => ({
  received,
  published: more.published ?? received,
  scope: more.scope ?? ('full' as const),
  relations: ['shares' as const],
  rows,
})

const HISTORY = [
  snapshot('2019-01-10', [c1]),
  snapshot('2019-07-10', [c2, c3]),
  snapshot('2020-02-01', [c2, c4]),
  snapshot('2020-03-01', [c5], { published: '2018-12-01' }),
]

const covers = (values: Readonly<Record<string, unknown>>, day: string): boolean =>
  (values.valid_from === null || String(values.valid_from) <= day) &&
  (values.valid_to === null || String(values.valid_to) > day)

/** `A 50` for each claim that holds on a day, as known; [] where nothing is known. */
async function claims(evidence: TestEvidence, day: string, known?: string): Promise<string[]> {
  try {
    const { relations } = await lookup(evidence.db, { id: 'W', known })
    return (relations.shares ?? [])
      .filter(({ values }) => covers(values, day))
      .map(({ values }) => `${values.party_id} ${Number(values.share)}`)
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') return []
    throw error
  }
}

describe('time vectors', () => {
  let evidence: TestEvidence
  beforeAll(async () => {
    evidence = await TestEvidence.create()
    for (const one of HISTORY) await evidence.load(one)
  })
  afterAll(() => evidence.close())

  it.each([
    ['T1', '2019-03-15', '2019-02-01', ['A 50']],
    ['T2', '2019-06-01', '2019-07-09', ['A 50']],
    ['T3', '2019-06-01', '2019-07-10', ['B 50']],
    ['T4 before', '2019-03-31', '2019-07-10', ['A 50']],
    ['T4 after', '2019-04-01', '2019-07-10', ['B 50']],
    ['T5 before', '2019-06-01', '2020-01-31', ['B 50']],
    ['T5 after', '2019-06-01', '2020-02-01', ['B 75']],
    ['T6', '2014-12-31', '2020-02-01', []],
    ['T7', '2019-03-15', '2019-01-09', []],
    ['T8', '2019-06-01', '2020-03-01', ['B 75']],
    ['T10', '2030-01-01', '2020-02-01', ['B 75']],
    ['T13 as known then', '2019-05-20', '2019-05-20', ['A 50']],
    ['T13 with hindsight', '2019-05-20', '2020-02-01', ['B 75']],
  ])('%s', async (_name, day, known, expected) => {
    expect(await claims(evidence, day, known)).toEqual(expected)
  })

  it('T8: the history lists the older publication that came late as never effective', async () => {
    const { relations } = await lookup(evidence.db, { id: 'W', history: true })
    const late = (relations.shares ?? []).filter(({ known }) => !known.effective)
    expect(late.map(({ values, known, source }) => [values.share, known, source.published])).toEqual([
      ['100', { from: '2020-03-01', to: '2020-03-01', effective: false }, '2018-12-01'],
    ])
  })

  it('T10: no end is stated, and none is invented', async () => {
    const { relations } = await lookup(evidence.db, { id: 'W', known: '2020-02-01' })
    const standing = (relations.shares ?? []).filter(({ values }) => values.party_id === 'B')
    expect(standing.map(({ values, known }) => [values.valid_to, known.to])).toEqual([[null, null]])
  })

  it('T11: knowledge after the last receipt is refused, naming the last', async () => {
    await expect(lookup(evidence.db, { id: 'W', known: '2020-03-02' })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('2020-03-01'),
    })
  })

  it('T12: B was first known on 2019-07-10', async () => {
    const { relations } = await lookup(evidence.db, { id: 'W', history: true })
    const first = (relations.shares ?? [])
      .filter(({ values }) => values.party_id === 'B')
      .map(({ known }) => known.from)
      .sort()[0]
    expect(first).toBe('2019-07-10')
  })
})

describe('absence', () => {
  it.each([
    ['T14: from a full snapshot is a withdrawal from its receipt on', 'full', []],
    ['T15: from a delta is silence', 'delta', ['B 75']],
  ] as const)('%s', async (_name, scope, expected) => {
    const evidence = await TestEvidence.create()
    try {
      for (const one of [...HISTORY, snapshot('2021-01-05', [c2], { scope })]) await evidence.load(one)
      expect(await claims(evidence, '2019-06-01', '2021-01-05')).toEqual(expected)
      expect(await claims(evidence, '2019-06-01', '2021-01-04')).toEqual(['B 75'])
    } finally {
      await evidence.close()
    }
  })

  it('T17: of two corrections on one day the last by receipt instant holds at its end, the first is kept', async () => {
    const evidence = await TestEvidence.create()
    try {
      await evidence.load(snapshot('2019-01-10', [c1]))
      await evidence.load(snapshot('2019-07-10T09:00:00Z', [c3]))
      await evidence.load(snapshot('2019-07-10T15:00:00Z', [c4]))
      expect(await claims(evidence, '2019-06-01', '2019-07-10')).toEqual(['B 75'])
      expect(await claims(evidence, '2019-06-01', '2019-07-10T10:00:00Z')).toEqual(['B 50'])
      const { relations } = await lookup(evidence.db, { id: 'W', history: true })
      expect(
        (relations.shares ?? [])
          .filter(({ values }) => values.share === '50' && values.party_id === 'B')
          .map(({ known }) => known),
      ).toEqual([{ from: '2019-07-10T09:00:00Z', to: '2019-07-10T15:00:00Z', effective: true }])
    } finally {
      await evidence.close()
    }
  })
})
