/** An index that was brought up to date says the same as one made anew, and loading order makes no difference. */
import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { collectDocuments, readChanges, writeChanges } from '../../src/search/documents/collect.js'
import { entryOf } from '../../src/search/documents/entry.js'
import { find, parseQuery, type SearchIndex } from '../../src/search/index.js'
import { SearchIndex as Index } from '../../src/store/search/index-reader.js'
import { IndexWriter } from '../../src/store/search/index-writer.js'
import { TestEvidence, type TestRow } from '../support/evidence.js'
import fc from '../support/property.js'
import { indexOf } from './kit.js'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function evidence(): Promise<TestEvidence> {
  const made = await TestEvidence.create()
  open.push(made)
  return made
}

async function indexed(of: TestEvidence, name: string): Promise<SearchIndex> {
  const index = await indexOf(of, name)
  open.push(index)
  return index
}

/** Brings the index in the folder `before` up to date, as `buildIndex` does. */
async function updated(of: TestEvidence, before: string, name: string) {
  const [from, to] = [before, name].map((folder) => path.join(of.folder, folder)) as [string, string]
  mkdirSync(to)
  const documents = await collectDocuments(of.db, () => undefined)
  const changes = path.join(to, 'changes.parquet')
  const lists = { before: path.join(from, 'list.parquet'), changes, list: path.join(to, 'list.parquet') }
  const counts = await writeChanges(of.db, lists)
  copyFileSync(path.join(from, 'search.sqlite'), path.join(to, 'search.sqlite'))
  const writer = await IndexWriter.open(path.join(to, 'search.sqlite'), false)
  for await (const { op, id, streams, popularity, body } of readChanges(of.db, changes)) {
    if (op === 'remove') {
      const stored = writer.stored(id)
      writer.remove(entryOf(id, stored.streams, stored.popularity, stored.body))
    } else if (op === 'touch') writer.touch(id, Number(streams), Number(popularity))
    else writer.add(entryOf(id, Number(streams), Number(popularity), body ?? ''))
  }
  writer.finish({ documents: String(documents) })
  const index = await Index.open(path.join(to, 'search.sqlite'))
  open.push(index)
  return { index, counts }
}

const QUESTIONS = [
  'alpha',
  'beta',
  'gamma',
  'alpha beta',
  'artist:delta',
  'alpah',
  'r1',
  'GBAAA9900303',
  'kind:work alpha',
]

/** Everything but the number in the index, which only says when it came in. */
async function answers(index: SearchIndex) {
  const all = QUESTIONS.map((text) => find(index, { query: parseQuery(text), limit: 100 }))
  return (await Promise.all(all)).map(({ hits, forgiven }) => ({
    forgiven,
    hits: hits.map(({ place: _, ...hit }) => hit).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)),
  }))
}

const words = fc.array(fc.constantFrom('alpha', 'beta', 'gamma', 'AC/DC', 'Ørsted'), { minLength: 1, maxLength: 3 })
const row = fc.record({
  id: fc.integer({ min: 1, max: 8 }),
  title: words.map((all) => all.join(' ')),
  artist: fc.constantFrom('Delta', 'Epsilon', ''),
  isrc: fc.constantFrom('', 'GBAAA9900303', 'GBAAA9900297'),
  streams: fc.constantFrom(0, 0, 3, 500, 1_000_000),
})
const delivery = fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 8 })

type Row = { id: number; title: string; artist: string; isrc: string; streams: number }
const rowsOf = (rows: readonly Row[]): TestRow[] =>
  rows.flatMap(({ id, title, artist, isrc, streams }): TestRow[] => [
    { relation: 'recordings', values: { recording_id: `r${id}`, title, artist, isrc } },
    { relation: 'works', values: { work_id: `w${id}`, title } },
    { relation: 'links', values: { recording_id: `r${id}`, work_id: `w${id}` } },
    ...(streams === 0
      ? []
      : [
          {
            relation: 'usage' as const,
            values: { recording_id: `r${id}`, territory: 'US', period: '2019-01', streams: String(streams) },
          },
        ]),
  ])

const RELATIONS = ['recordings', 'works', 'links', 'usage'] as const
const load = (of: TestEvidence, feed: string, day: string, rows: readonly Row[]) =>
  of.load({ feed, published: day, received: day, scope: 'full', rows: rowsOf(rows), relations: [...RELATIONS] })

describe('an index brought up to date', () => {
  it('answers as one made anew, words and their numbers included', async () => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(delivery, delivery, delivery, async (first, second, third) => {
        round += 1
        const it = await TestEvidence.create()
        const indexes: SearchIndex[] = []
        try {
          await load(it, 'p1/x', '2020-01-01', first)
          indexes.push(await indexOf(it, 'one'))
          await load(it, 'p1/x', '2020-02-01', second)
          const two = await updated(it, 'one', 'two')
          await load(it, 'p2/y', '2020-03-01', third)
          const three = await updated(it, 'two', 'three')
          const anew = await indexOf(it, 'anew')
          indexes.push(anew)
          expect(await answers(three.index)).toEqual(await answers(anew))
          for (const word of ['alpha', 'beta', 'gamma', 'acdc', 'orsted', 'delta'])
            expect(three.index.holding(word)).toBe(anew.holding(word))
          const nothing = await updated(it, 'three', 'four')
          expect(nothing.counts).toEqual({ removed: 0, written: 0, touched: 0 })
          for (const one of [two.index, three.index, nothing.index]) indexes.push(one)
        } finally {
          for (const one of indexes) one.close()
          open.length = 0
          await it.close()
        }
      }),
      { numRuns: 3, endOnFailure: true },
    )
    expect(round).toBeGreaterThan(0)
  })

  it('is not reached by what is gone, and tells what was withdrawn', async () => {
    const it = await evidence()
    await load(it, 'p1/x', '2020-01-01', [{ id: 1, title: 'Alpha', artist: 'Delta', isrc: '', streams: 0 }])
    await indexed(it, 'one')
    await load(it, 'p1/x', '2020-02-01', [{ id: 1, title: 'Beta', artist: 'Delta', isrc: '', streams: 0 }])
    await load(it, 'p1/x', '2020-03-01', [])
    const { index } = await updated(it, 'one', 'two')
    // What a provider once said is still found, and is told for what it is.
    const { hits } = await find(index, { query: parseQuery('alpha kind:recording'), limit: 5 })
    expect(hits.map(({ id, title, others, isWithdrawn }) => ({ id, title, others, isWithdrawn }))).toEqual([
      { id: 'r1', title: 'Beta', others: ['Alpha'], isWithdrawn: true },
    ])
  })
})

describe('the order of loading', () => {
  it('makes no difference', async () => {
    const rows = [1, 2, 3].map(
      (id): Row => ({ id, title: `Alpha ${id}`, artist: 'Delta', isrc: 'GBAAA9900303', streams: id }),
    )
    const other = [{ id: 1, title: 'Alpha Beta', artist: 'Epsilon', isrc: 'GBAAA9900303', streams: 0 }]
    const [one, two] = [await evidence(), await evidence()]
    await load(one, 'p1/x', '2020-01-01', rows)
    await load(one, 'p2/y', '2020-02-01', other)
    await load(two, 'p2/y', '2020-02-01', other)
    await load(two, 'p1/x', '2020-01-01', [...rows].reverse())
    expect(await answers(await indexed(two, 'i'))).toEqual(await answers(await indexed(one, 'i')))
  })
})
