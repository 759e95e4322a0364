import { expect, it, onTestFinished } from 'vitest'
import { openEvidence } from '../../../src/store/duckdb.js'
import { catalogueOf } from '../../../src/store/evidence/catalogue.js'
import { TestEvidence, type TestRow } from '../../support/evidence.js'

const work = (id: string): TestRow => ({ relation: 'works', values: { work_id: id, title: 'T' } })

it('lists feeds, snapshots and relations, of evidence that is written as it is now', async () => {
  const evidence = await TestEvidence.create()
  onTestFinished(() => evidence.close())
  const empty = { snapshots: new Map(), feeds: new Map(), relations: [], speakers: new Map(), files: new Map() }
  expect(await catalogueOf(evidence.db)).toEqual(empty)
  const first = await evidence.load({
    published: '2020-01-01',
    received: '2020-01-03',
    scope: 'full',
    rows: [work('W')],
  })
  const party: TestRow = { relation: 'parties', values: { party_id: 'P', name: 'N' } }
  const second = await evidence.load({
    feed: 'p1/y',
    published: '2021-01-01T10:00:00Z',
    received: '2021-02-01',
    scope: 'full',
    rows: [party],
  })
  const { snapshots, feeds, relations, speakers } = await catalogueOf(evidence.db)
  expect([...snapshots.values()]).toEqual([
    { id: first, published: '2020-01-01T00:00:00', received: '2020-01-03T00:00:00' },
    { id: second, published: '2021-01-01T10:00:00', received: '2021-02-01T00:00:00' },
  ])
  expect([...feeds.values()]).toEqual(['p1/x', 'p1/y'])
  expect(relations.map(({ name }) => name)).toEqual(['parties', 'works'])
  expect([...speakers]).toEqual([
    ['parties', new Set(['p1/y'])],
    ['works', new Set(['p1/x'])],
  ])
})

it('reads published evidence once', async () => {
  const evidence = await TestEvidence.create()
  await evidence.load({ published: '2020-01-01', received: '2020-01-03', scope: 'full', rows: [work('W')] })
  const { path } = evidence.db
  await evidence.db.close()
  onTestFinished(() => evidence.close())
  const published = await openEvidence(path, {
    mode: 'read',
    tempDirectory: `${evidence.folder}/reading`,
    allowedDirectories: [],
    threads: 1,
  })
  onTestFinished(() => published.close())
  const first = catalogueOf(published)
  expect(catalogueOf(published)).toBe(first)
  expect((await first).relations.map(({ name }) => name)).toEqual(['works'])
})
