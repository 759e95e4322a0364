/** Worked examples with one work and one provider: sums, territories, dates, knowledge, kinds, repertoires. */
import type { Delivery } from '../deliveries.js'
import { ask, type Claim, claims, delivery, type Example, example, picture } from './scene.js'

const BLANKET = { coverage: 'whole-right', repertoire: '', territories: 'US', valid_from: '2021-01-01' }
const EIGHT = claims(['A', 100], ['B', 100], ['C', 100], ['D', 100], ['E', 100], ['F', 100], ['G', 100], ['H', 100])
const US_2021 = ask({ on: '2021-06-01', territory: 'US' })

const blanket = (all: readonly Claim[]): Delivery[] => [
  delivery('p1/x', { works: { W1: all }, licences: [['', BLANKET]], links: { W1: {} } }),
]

const underclaim = claims(['A', 37.5], ['B', 25])

/** Example 3: a licence of A for the world but Germany and Austria, of B for the world. */
const exceptGermany = picture([claims(['A', 50], ['B', 50])], ['A', 'B'], [{ territories: 'WORLD|!DE|!AT' }])

/** Example 5: the service's own feed says nothing of A until 2021-07-01. */
const retroactive: Delivery[] = [
  delivery('p1/x', { works: { W1: claims(['A', 100]) }, licences: [], links: { W1: {} } }),
  delivery('svc/x', { received: '2020-01-01', licences: [] }),
  delivery('svc/x', {
    received: '2021-07-01',
    licences: [['A', { valid_from: '2020-01-01', signed_at: '2021-06-15' }]],
  }),
]

/** Example 6: C is there in January and gone in April. */
const withdrawn = (shareOfA: number): Delivery[] => [
  delivery('p1/x', {
    received: '2022-01-10',
    works: { W1: claims(['A', 75], ['C', 25]) },
    licences: [['A']],
    links: { W1: {} },
  }),
  delivery('p1/x', {
    received: '2022-04-11',
    works: { W1: claims(['A', shareOfA]) },
    licences: [['A']],
    links: { W1: {} },
  }),
]

const subPublished = picture(
  [
    claims(
      ['Writer', 50, { share_kind: 'ownership', chain: '1', role: 'writer' }],
      ['OP', 50, { share_kind: 'ownership', chain: '2', role: 'publisher' }],
      ['SP', 50, { share_kind: 'collection', chain: '2', role: 'sub-publisher', territories: 'DE' }],
    ),
  ],
  ['Writer', 'SP'],
)

const transferred = picture(
  [
    claims(
      ['A', 100, { valid_to: '2020-07-01' }],
      ['A', 100, { share_kind: 'collection', valid_to: '2021-01-01' }],
      ['B', 100, { valid_from: '2020-07-01' }],
    ),
  ],
  ['A'],
)

const NONE = [0, 0, 100, 0, 0] as const
const ALL = [100, 0, 0, 0, 0] as const

export const ONE_PROVIDER: readonly Example[] = [
  example('1 overclaim 120', picture([claims(['A', 60], ['B', 60])], ['A']), {
    buckets: [40, 0, 40, 0, 20],
    atMost: 60,
    status: 'partly-licensed',
  }),
  example('2a eight parties of 100, all licensed', picture([EIGHT], ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']), {
    buckets: ALL,
    status: 'fully-licensed',
  }),
  example('2b eight parties of 100, three licensed', picture([EIGHT], ['A', 'B', 'C']), {
    buckets: [0, 0, 0, 0, 100],
    atMost: 100,
    status: 'undetermined',
  }),
  example('2c eight parties of 100, none licensed', picture([EIGHT], []), { buckets: NONE, status: 'not-licensed' }),
  {
    name: '2d 2c in the US under the blanket licence',
    deliveries: blanket(EIGHT),
    asked: [{ question: US_2021, expected: { buckets: ALL, status: 'fully-licensed' } }],
  },
  {
    name: '3 world but Germany and Austria',
    deliveries: exceptGermany,
    asked: [
      { question: ask({ territory: 'FR' }), expected: { buckets: ALL } },
      { question: ask({ territory: 'DE' }), expected: { buckets: [50, 0, 50, 0, 0] } },
      { question: ask({ territory: 'AT' }), expected: { buckets: [50, 0, 50, 0, 0] } },
      { question: ask({ territory: 'CH' }), expected: { buckets: ALL } },
    ],
  },
  {
    name: '4 a gap of 60 days',
    deliveries: picture(
      [claims(['A', 100])],
      ['A', 'A'],
      [{ valid_from: '2018-01-01', valid_to: '2020-01-01' }, { valid_from: '2020-03-01' }],
    ),
    asked: [
      { question: ask({ on: '2019-12-31' }), expected: { buckets: ALL } },
      { question: ask({ on: '2020-01-01' }), expected: { buckets: NONE } },
      { question: ask({ on: '2020-02-29' }), expected: { buckets: NONE } },
      { question: ask({ on: '2020-03-01' }), expected: { buckets: ALL } },
    ],
  },
  {
    name: '5 a retroactive licence',
    deliveries: retroactive,
    asked: [
      { question: ask({ on: '2020-05-01', known: '2021-06-30' }), expected: { buckets: NONE } },
      { question: ask({ on: '2020-05-01', known: '2021-07-01' }), expected: { buckets: ALL } },
    ],
  },
  {
    name: '6 a claim withdrawn',
    deliveries: withdrawn(75),
    asked: [
      { question: ask({ on: '2022-03-01', known: '2022-02-01' }), expected: { buckets: [75, 0, 25, 0, 0] } },
      { question: ask({ on: '2022-03-01', known: '2022-04-11' }), expected: { buckets: [75, 0, 0, 25, 0] } },
    ],
  },
  {
    name: '6 a claim withdrawn, the other raised to 100',
    deliveries: withdrawn(100),
    asked: [
      { question: ask({ on: '2022-03-01', known: '2022-02-01' }), expected: { buckets: [75, 0, 25, 0, 0] } },
      { question: ask({ on: '2022-03-01', known: '2022-04-11' }), expected: { buckets: ALL } },
    ],
  },
  example('8 public domain and arranger', picture([claims(['', 50, { status: 'public-domain' }], ['A', 50])], ['A']), {
    buckets: [50, 50, 0, 0, 0],
    cleared: 100,
    status: 'fully-licensed',
  }),
  {
    name: '10 underclaim in the EU, and in the US under the blanket licence',
    deliveries: [delivery('p1/x', { works: { W1: underclaim }, licences: [['A'], ['', BLANKET]], links: { W1: {} } })],
    asked: [
      { question: ask(), expected: { buckets: [37.5, 0, 25, 37.5, 0] } },
      { question: US_2021, expected: { buckets: ALL } },
    ],
  },
  {
    name: '11 German sub-publishing',
    deliveries: subPublished,
    asked: [
      { question: ask({ territory: 'DE' }), expected: { buckets: ALL } },
      { question: ask({ territory: 'FR' }), expected: { buckets: [50, 0, 50, 0, 0] } },
    ],
  },
  example('13 thirds', picture([claims(['A', '33.33'], ['B', '33.33'], ['C', '33.33'])], ['A', 'B', 'C']), {
    licensed: 99.99,
    status: 'fully-licensed',
  }),
  {
    name: '15 transfer with post-term collection',
    deliveries: transferred,
    asked: [{ question: ask({ on: '2020-09-01' }), expected: { buckets: NONE } }],
  },
  ...(['unproven', 'disputed'] as const).map((repertoire) =>
    example(
      `16 coverage of A ${repertoire}`,
      picture([claims(['A', 70], ['B', 30])], ['A', 'B'], [{ repertoire }]),
      repertoire === 'unproven' ? { buckets: [30, 0, 0, 70, 0] } : { buckets: [30, 0, 0, 0, 70] },
    ),
  ),
  example('17 three claims of 150', picture([claims(['A', 100], ['B', 25], ['C', 25])], ['A', 'B']), {
    buckets: [75, 0, 0, 0, 25],
  }),
  example('25 no licence data', [delivery('p1/x', { works: { W1: claims(['A', 100]) }, links: { W1: {} } })], {
    buckets: [0, 0, 0, 100, 0],
    reason: 'no-licence-data',
    status: 'undetermined',
  }),
  example('25 an empty file of licences', picture([claims(['A', 100])], []), {
    buckets: NONE,
    status: 'not-licensed',
  }),
]
