/** The time vectors of domain 3.4, as tables: what is known, when, about one work in the US. */
import type { Cells, Delivery } from '../deliveries.js'
import type { Question } from '../reference.js'
import { ask, type Claim, claims, delivery, type Example } from './scene.js'

const US: Cells = { territories: 'US' }
const C1: Claim = ['A', 50, { ...US, valid_from: '2015-01-01' }]
const C2: Claim = ['A', 50, { ...US, valid_from: '2015-01-01', valid_to: '2019-04-01' }]
const C3: Claim = ['B', 50, { ...US, valid_from: '2019-04-01' }]
const C4: Claim = ['B', 75, { ...US, valid_from: '2019-04-01' }]
const C5: Claim = ['A', 100, { ...US, valid_from: '2015-01-01' }]

const said = (received: string, of: readonly Claim[], more: { published?: string; scope?: 'full' | 'delta' } = {}) =>
  delivery('p1/x', { received, works: { W1: of }, links: { W1: {} }, ...more })

export const HISTORY: readonly Delivery[] = [
  said('2019-01-10', [C1]),
  said('2019-07-10', [C2, C3]),
  said('2020-02-01', [C2, C4]),
  said('2020-03-01', [C5], { published: '2018-12-01' }),
]

const withOneMore = (scope: 'full' | 'delta'): readonly Delivery[] => [...HISTORY, said('2021-01-05', [C2], { scope })]

export interface TimeVector {
  readonly name: string
  readonly deliveries: readonly Delivery[]
  readonly question: Question
  /** Under `parties` of the work: name and claim. */
  readonly claims: readonly string[]
  /** Where the paper says so: unknown 100, for this reason if it gives one. */
  readonly unknown?: { readonly reason?: 'no-data' }
}

const inUs = (on: string, known: string): Question => ask({ on, known, territory: 'US' })

const vector = (name: string, on: string, known: string, ...of: string[]): TimeVector => ({
  name,
  deliveries: HISTORY,
  question: inUs(on, known),
  claims: of,
})

export const TIME_VECTORS: readonly TimeVector[] = [
  vector('T1', '2019-03-15', '2019-02-01', 'A 50'),
  vector('T2 as believed then', '2019-06-01', '2019-07-09', 'A 50'),
  vector('T3', '2019-06-01', '2019-07-10', 'B 50'),
  vector('T4 the day before', '2019-03-31', '2019-07-10', 'A 50'),
  vector('T4 the day', '2019-04-01', '2019-07-10', 'B 50'),
  vector('T5 before', '2019-06-01', '2020-01-31', 'B 50'),
  vector('T5 after', '2019-06-01', '2020-02-01', 'B 75'),
  { ...vector('T6 before the stated start', '2014-12-31', '2020-02-01'), unknown: {} },
  { ...vector('T7 before the first receipt', '2019-03-15', '2019-01-09'), unknown: { reason: 'no-data' } },
  vector('T8 a late older publication', '2019-06-01', '2020-03-01', 'B 75'),
  vector('T10 no end stated', '2030-01-01', '2020-02-01', 'B 75'),
  vector('T13 as known that day', '2019-05-20', '2019-05-20', 'A 50'),
  vector('T13 with hindsight', '2019-05-20', '2020-02-01', 'B 75'),
  {
    name: 'T14 gone from a full snapshot',
    deliveries: withOneMore('full'),
    question: inUs('2019-06-01', '2021-01-05'),
    claims: [],
    unknown: {},
  },
  {
    name: 'T14 the day before',
    deliveries: withOneMore('full'),
    question: inUs('2019-06-01', '2021-01-04'),
    claims: ['B 75'],
  },
  {
    name: 'T15 absent from a delta',
    deliveries: withOneMore('delta'),
    question: inUs('2019-06-01', '2021-01-05'),
    claims: ['B 75'],
  },
  {
    name: 'T17 two corrections on one day',
    // In the order of loading the earlier comes last.
    deliveries: [said('2019-07-10T15:00:00Z', [C2, C4]), said('2019-07-10T09:00:00Z', [C2, C3])],
    question: inUs('2019-06-01', '2019-07-10'),
    claims: ['B 75'],
  },
]

/** T9: between two K; T12: the first K that knows B on a day; T11: a K after the last receipt. */
export const BETWEEN = {
  question: inUs('2019-06-01', '2020-03-01'),
  from: '2019-07-09',
  to: '2020-02-01',
  before: ['A 50'],
  after: ['B 75'],
  /** What was believed in between. */
  states: [
    ['2019-07-10', ['B 50']],
    ['2020-02-01', ['B 75']],
  ],
} as const

export const FIRST_KNOWN = { on: '2019-04-01', party: 'B', known: '2019-07-10' } as const

export const TOO_LATE = { question: inUs('2019-06-01', '2020-03-02'), names: '2020-03-01' } as const

/** T16 and T18: partial dates and inclusive ends, which show in the buckets. */
const partial = (share: Cells, licence: Cells): Delivery[] => [
  delivery('p1/x', {
    works: { W1: claims(['A', 50, { ...US, ...share }]) },
    licences: [['A', licence]],
    links: { W1: {} },
  }),
]
const onDay = (on: string): Question => ask({ on, territory: 'US' })
const ended = { ...US, valid_to: '2019-12-31' }

export const DATE_EXAMPLES: readonly Example[] = [
  {
    name: 'T16 a share from 2019',
    deliveries: partial({ valid_from: '2019' }, {}),
    asked: [
      { question: onDay('2018-12-31'), expected: { buckets: [0, 0, 0, 100, 0], parties: {} } },
      {
        question: onDay('2019-06-01'),
        expected: {
          buckets: [0, 0, 0, 100, 0],
          reason: 'partial-date',
          parties: { A: { class: 'licensed', floor: 0, ceiling: 50 } },
        },
      },
      {
        question: onDay('2020-01-01'),
        expected: { buckets: [50, 0, 0, 50, 0], parties: { A: { class: 'licensed', floor: 50, ceiling: 50 } } },
      },
    ],
  },
  {
    name: 'T16 a licence from 2019',
    deliveries: partial({}, { valid_from: '2019' }),
    asked: [
      {
        question: onDay('2018-12-31'),
        expected: { buckets: [0, 0, 50, 50, 0], parties: { A: { class: 'unlicensed', floor: 50, ceiling: 50 } } },
      },
      {
        question: onDay('2019-06-01'),
        expected: { buckets: [0, 0, 0, 100, 0], parties: { A: { class: 'unknown', floor: 50, ceiling: 50 } } },
      },
      { question: onDay('2020-01-01'), expected: { buckets: [50, 0, 0, 50, 0] } },
    ],
  },
  {
    name: 'T18 an inclusive end of a share',
    deliveries: [
      delivery('p1/x', {
        endDates: 'inclusive',
        works: { W1: claims(['A', 100, ended]) },
        licences: [['A']],
        links: { W1: {} },
      }),
    ],
    asked: [
      { question: onDay('2019-12-31'), expected: { buckets: [100, 0, 0, 0, 0] } },
      { question: onDay('2020-01-01'), expected: { buckets: [0, 0, 0, 100, 0] } },
    ],
  },
  {
    name: 'T18 an inclusive end of a licence',
    deliveries: [
      delivery('p1/x', {
        endDates: 'inclusive',
        works: { W1: claims(['A', 100]) },
        licences: [['A', ended]],
        links: { W1: {} },
      }),
    ],
    asked: [
      { question: onDay('2019-12-31'), expected: { buckets: [100, 0, 0, 0, 0] } },
      { question: onDay('2020-01-01'), expected: { buckets: [0, 0, 100, 0, 0] } },
    ],
  },
  {
    name: 'T18 an exclusive end',
    deliveries: partial(ended, {}),
    asked: [
      { question: onDay('2019-12-30'), expected: { buckets: [50, 0, 0, 50, 0] } },
      { question: onDay('2019-12-31'), expected: { buckets: [0, 0, 0, 100, 0] } },
    ],
  },
]
