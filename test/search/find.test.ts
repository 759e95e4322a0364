/** What is found in a small catalogue, in which order, and that no question breaks anything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RecitalError, UsageError } from '../../src/errors.js'
import { find, parseQuery } from '../../src/search/index.js'
import type { TestRow } from '../support/evidence.js'
import fc from '../support/property.js'
import { type IndexedEvidence, indexedEvidence } from './kit.js'

const recording = (
  recording_id: string,
  title: string,
  artist: string,
  more: Record<string, string> = {},
): TestRow => ({
  relation: 'recordings',
  values: { recording_id, title, artist, ...more },
})
const streamed = (recording_id: string, streams: number): TestRow => ({
  relation: 'usage',
  values: { recording_id, territory: 'US', period: '2019-01', streams: String(streams) },
})

const CATALOGUE: readonly TestRow[] = [
  recording('r1', 'Love', 'The Quiet Ones', { isrc: 'GBAAA9900303', release_date: '1999-05-01' }),
  recording('r2', 'Love Me Tomorrow', 'Loud Others', { release_date: '2005-01-01' }),
  recording('r3', 'Love Me Tonight', 'Loud Others', { label: 'Phantom Discs' }),
  recording('r4', 'Highway to Nowhere', 'AC/DC Tribute'),
  recording('r5', 'So What', 'P!nk'),
  recording('r6', 'Losing It', 'R.E.M. Revival'),
  recording('r7', '夜に駆ける', 'YOASOBI'),
  recording('r8', 'Øya', 'Øystein Łask'),
  recording('r9', 'Война', 'Кино'),
  streamed('r2', 1_000_000),
  streamed('r3', 10),
  { relation: 'works', values: { work_id: 'w1', title: 'Love', iswc: 'T0345246801', alternate_titles: 'Amor|Liebe' } },
  { relation: 'links', values: { recording_id: 'r1', work_id: 'w1' } },
  { relation: 'parties', values: { party_id: 'p1', name: 'Marlowe, Ann', kind: 'writer' } },
  {
    relation: 'shares',
    values: { work_id: 'w1', party_id: 'p1', share: '100', share_kind: 'ownership', right: 'mech', role: 'writer' },
  },
]

let indexed: IndexedEvidence
beforeAll(async () => {
  indexed = await indexedEvidence([
    { feed: 'p1/x', rows: CATALOGUE },
    { feed: 'p2/y', rows: [recording('other', 'LOVE (Radio Edit)', 'Quiet Ones', { isrc: 'GBAAA9900303' })] },
  ])
})
afterAll(() => indexed.close())

const answer = (text: string, limit = 20) => find(indexed.index, { query: parseQuery(text), limit })
const ids = async (text: string) => (await answer(text)).hits.map(({ id }) => id)

describe('finding', () => {
  it.each<[string, string[]]>([
    // Exact titles first: both have two mentions and no streams, and the work has fewer words beside; then by streams.
    ['love', ['T0345246801', 'GBAAA9900303', 'r2', 'r3']],
    ['"love me"', ['r2', 'r3']],
    // Война by Кино, typed with Latin letters.
    ['voyna kino', ['r9']],
    ['tomor*', ['r2']],
    ['title:love -tomorrow -tonight', ['T0345246801', 'GBAAA9900303']],
    ['artist:loud tonight', ['r3']],
    ['label:phantom', ['r3']],
    ['feed:p2/y love', ['GBAAA9900303']],
    ['kind:work love', ['T0345246801']],
    ['love year:1999', ['GBAAA9900303']],
    ['love year:2000-2010', ['r2']],
    ['writer:marlowe', ['T0345246801']],
    ['liebe', ['T0345246801']],
    ['AC/DC', ['r4']],
    ['acdc', ['r4']],
    ['p!nk', ['r5']],
    ['pink', ['r5']],
    ['r.e.m.', ['r6']],
    ['rem revival', ['r6']],
    ['夜', ['r7']],
    ['駆け', ['r7']],
    ['夜に駆ける', ['r7']],
    ['oystein lask', ['r8']],
    ['oya', ['r8']],
    ['ВОЙНА', ['r9']],
    ['gb-aaa-99-00303', ['GBAAA9900303']],
    ['isrc:GBAAA*', ['GBAAA9900303']],
    ['T-034.524.680-1', ['T0345246801']],
    ['iswc:t0345246801', ['T0345246801']],
    ['id:r9', ['r9']],
    ['r9', ['r9']],
    ['"love me', ['r2', 'r3']],
  ])('%s', async (text, expected) => {
    expect(await ids(text)).toEqual(expected)
  })

  it('puts what two feeds say of one ISRC into one hit', async () => {
    const { hits } = await answer('GBAAA9900303')
    expect(hits).toHaveLength(1)
    expect(hits[0]?.feeds).toEqual([
      { feed: 'p1/x', id: 'r1' },
      { feed: 'p2/y', id: 'other' },
    ])
    expect(hits[0]?.found).toBe('identifier')
  })

  it('forgives one letter where nothing is found, and says so', async () => {
    const { hits, forgiven } = await answer('tomorow')
    expect(hits.map(({ id }) => id)).toEqual(['r2'])
    expect(forgiven).toEqual([{ word: 'tomorow', readings: ['tomorrow'] }])
    expect((await answer('"tomorow"')).hits).toEqual([])
    expect((await answer('love')).forgiven).toEqual([])
  })

  it('falls back to some of the words, and says so', async () => {
    const found = await answer('nowhere tonight')
    expect(found.isPartial).toBe(true)
    expect(found.hits.map(({ id }) => id).sort()).toEqual(['r3', 'r4'])
  })

  it('stops where nobody waits any more', async () => {
    const stop = new AbortController()
    const asked = find(indexed.index, { query: parseQuery('love'), limit: 5, signal: stop.signal })
    stop.abort()
    await expect(asked).rejects.toThrow()
  })

  it('says the same twice', async () => {
    expect(await answer('love')).toEqual(await answer('love'))
  })
})

describe('hostile questions', () => {
  const REFUSED: readonly [string, string][] = [
    ['', 'query-empty'],
    ['   \u0000\u202e ', 'query-empty'],
    ['-love', 'query-empty'],
    ['( ) - " * :', 'query-empty'],
    ['title:"', 'query-empty'],
    ['a'.repeat(10_000), 'query-too-long'],
    ['ab '.repeat(70), 'query-too-long'],
    ['conflict:C-SHR-01', 'query-empty'],
    ['conflict:', 'query-filter'],
    ['status:licensed love', 'query-filter'],
    ['love year:soon', 'query-filter'],
    ['love on:yesterday', 'query-filter'],
    ['kind:song love', 'query-filter'],
  ]
  it.each(REFUSED)('%# is refused kindly', (text, code) => {
    const error = (() => {
      try {
        return parseQuery(text)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({ code })
    expect((error as UsageError).suggestions.length).toBeGreaterThan(0)
  })

  it.each([
    'AND',
    'OR NOT NEAR',
    'NEAR(a b)',
    '"a" "',
    "x'; DROP TABLE words;--",
    '^',
    '^love',
    '{a} : b',
    'Re:Stacks',
    '\u202elove\u202c',
  ])('%s is answered', async (text) => {
    await expect(answer(text)).resolves.toBeDefined()
  })

  it('whatever is typed is answered or refused in words', async () => {
    const sign = fc.constantFrom(
      ...'"*:-+()^{}[]\\/\'.,;!$&|<> love夜é\u0000\u202e'.split(''),
      'title:',
      'NOT ',
      'isrc:',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(sign, { maxLength: 20 }).map((all) => all.join('')),
    )
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (typed, isTyping) => {
        try {
          await find(indexed.index, { query: parseQuery(typed, isTyping), limit: 3 })
        } catch (error) {
          if (!(error instanceof RecitalError)) throw error
          expect(error).toBeInstanceOf(UsageError)
        }
      }),
      { numRuns: 400 },
    )
  })
})
