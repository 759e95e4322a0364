/** One recording is one hit, whatever each feed names first: identifiers connect, directly and through others. */
import { afterAll, describe, expect, it } from 'vitest'
import { find, parseQuery } from '../../src/search/index.js'
import { type IndexedEvidence, indexedEvidence, type TestDelivery } from './kit.js'

const [A, B, C, D] = ['GBAAA9900001', 'GBAAA9900002', 'GBAAA9900003', 'GBAAA9900004'] as const
const stated = (feed: string, isrc: string, title: string): TestDelivery => ({
  feed,
  rows: [{ relation: 'recordings', values: { recording_id: `${feed}-1`, title, artist: 'Nemo', isrc } }],
})

/** A and B are one by p1, B and C by p3; so the four of them are, and D is another. */
const DELIVERIES: readonly TestDelivery[] = [
  stated('p1/x', `${A}|${B}`, 'Eight Hats'),
  stated('p2/x', B, 'Eight Hats (Live)'),
  stated('p3/x', `${C}|${B}`, '8 Hats'),
  stated('p4/x', C, 'Huit chapeaux'),
  stated('p5/x', D, 'Eight Hats'),
  {
    feed: 'p6/usage',
    rows: [
      // The second ISRC of p1, which no feed names first beside p2; and D.
      { relation: 'usage', values: { recording_id: B, territory: 'US', period: '2019-01', streams: '500' } },
      { relation: 'usage', values: { recording_id: C, territory: 'US', period: '2019-01', streams: '70' } },
      { relation: 'usage', values: { recording_id: D, territory: 'US', period: '2019-01', streams: '3' } },
    ],
  },
]

const open: IndexedEvidence[] = []
afterAll(async () => {
  for (const one of open) await one.close()
})

async function hitsOf(deliveries: readonly TestDelivery[], text: string) {
  const made = await indexedEvidence(deliveries)
  open.push(made)
  const { hits } = await find(made.index, { query: parseQuery(text), limit: 9 })
  return hits.map(({ feeds, streams, id }) => ({ feeds: feeds.map(({ feed }) => feed), streams, id }))
}

describe('identity', () => {
  it('connects feeds through identifiers, and counts the usage of all of them', async () => {
    const wanted = [
      // 500 + 70; shown with the first of its identifiers.
      { feeds: ['p1/x', 'p2/x', 'p3/x', 'p4/x'], streams: 570, id: A },
      { feeds: ['p5/x'], streams: 3, id: D },
    ]
    expect(await hitsOf(DELIVERIES, 'hats')).toEqual(wanted)
    expect(await hitsOf([...DELIVERIES].reverse(), 'hats')).toEqual(wanted)
    const index = open[0]?.index
    if (index === undefined) throw new Error('no index')
    const places = await Promise.all(
      [A, B, C].map(async (text) =>
        (await find(index, { query: parseQuery(text), limit: 9 })).hits.map((hit) => hit.id),
      ),
    )
    expect(places).toEqual([[A], [A], [A]])
  })

  it('parts them again where nobody connects them', async () => {
    const without = DELIVERIES.filter(({ feed }) => feed !== 'p3/x')
    expect(await hitsOf(without, 'hats')).toEqual([
      { feeds: ['p1/x', 'p2/x'], streams: 500, id: A },
      { feeds: ['p5/x'], streams: 3, id: D },
    ])
    expect(await hitsOf(without, 'chapeaux')).toEqual([{ feeds: ['p4/x'], streams: 70, id: C }])
  })
})
