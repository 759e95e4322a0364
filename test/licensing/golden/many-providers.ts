/** Worked examples with several providers, works, rights or readings. */
import { ask, claims, delivery, type Example, example, picture } from './scene.js'

const PD = { status: 'public-domain' }

/** Example 12: both rights of one work, with a licence of SOLAR for each. */
const france = delivery('p1/x', {
  works: {
    W1: claims(['SOLAR', 60], ['SACEM', 40], ['SOLAR', 50, { right: 'perf' }], ['SACEM', 50, { right: 'perf' }]),
  },
  licences: [['SOLAR'], ['SOLAR', { right: 'perf' }]],
  links: { W1: {} },
  more: { right_weights: [{ territories: 'FR', mech: '0.5', perf: '0.5' }] },
})

/** Example 14: two feeds that each name another administrator. */
const administrators = [
  delivery('hfa/x', { works: { W1: claims(['K', 100, { role: 'administrator' }]) }, links: { W1: {} } }),
  delivery('mlc/x', { works: { W1: claims(['Br', 100, { role: 'administrator' }]) } }),
  delivery('svc/x', { licences: [['K']] }),
]

const impossible = picture([claims(['A', 100], ['B', 80]), claims(['A', 60], ['B', 40])], ['A'])
const four = claims(['A', 40], ['B', 30], ['C', 25], ['D', 5])

export const MANY_PROVIDERS: readonly Example[] = [
  example('1b two providers, each naming one claimant', picture([claims(['A', 60]), claims(['B', 60])], ['A']), {
    buckets: [40, 0, 40, 0, 20],
  }),
  example('1b both licensed', picture([claims(['A', 60]), claims(['B', 60])], ['A', 'B']), {
    buckets: [100, 0, 0, 0, 0],
  }),
  example(
    '7 two works',
    [
      delivery('p1/x', {
        works: { W1: claims(['C', 100]), W2: claims(['A', 40], ['B', 60]) },
        licences: [['A'], ['C']],
        links: { W1: { weight: '0.7' }, W2: { weight: '0.3' } },
      }),
    ],
    {
      buckets: [82, 0, 18, 0, 0],
      status: 'partly-licensed',
      works: { W1: [100, 0, 0, 0, 0], W2: [40, 0, 60, 0, 0] },
    },
  ),
  example('9 providers differ', picture([claims(['A', 60], ['B', 40]), claims(['A', 50], ['B', 50])], ['A']), {
    buckets: [50, 0, 40, 0, 10],
  }),
  example('9b one provider incomplete', picture([claims(['A', 60], ['B', 40]), claims(['A', 50])], ['A']), {
    buckets: [50, 0, 40, 0, 10],
  }),
  example('9b both licensed', picture([claims(['A', 60], ['B', 40]), claims(['A', 50])], ['A', 'B']), {
    buckets: [90, 0, 0, 0, 10],
  }),
  example('9c both incomplete', picture([claims(['A', 60]), claims(['A', 50])], ['A']), {
    buckets: [50, 0, 0, 40, 10],
  }),
  example('9d a much lower figure', picture([claims(['A', 90], ['B', 10]), claims(['A', 10])], ['A']), {
    buckets: [10, 0, 10, 0, 80],
  }),
  {
    name: '12 France, both rights',
    deliveries: [france],
    asked: [
      { question: ask(), expected: { buckets: [60, 0, 40, 0, 0], status: 'partly-licensed' } },
      { question: ask({ right: 'perf' }), expected: { buckets: [50, 0, 50, 0, 0], status: 'partly-licensed' } },
    ],
    all: { question: ask(), composite: 55, status: 'partly-licensed' },
  },
  {
    name: '14 two administrators',
    deliveries: administrators,
    asked: [
      { question: ask(), expected: { buckets: [0, 0, 0, 0, 100] } },
      {
        question: ask({ theories: ['registered-administrator-binds'] }),
        expected: { buckets: [100, 0, 0, 0, 0] },
      },
    ],
  },
  example(
    '18 three complete providers',
    picture(
      [claims(['A', 50], ['B', 50]), claims(['A', 50], ['B', 25], ['C', 25]), claims(['A', 50], ['C', 50])],
      ['A', 'C'],
    ),
    { buckets: [50, 0, 0, 0, 50] },
  ),
  {
    name: '19 one provider overclaims alone',
    deliveries: impossible,
    asked: [
      { question: ask(), expected: { buckets: [20, 0, 0, 0, 80] } },
      { question: ask({ theories: ['drop-impossible-provider'] }), expected: { buckets: [60, 0, 40, 0, 0] } },
    ],
  },
  example('20 public domain disputed', picture([claims(['', 100, PD]), claims(['A', 100])], []), {
    buckets: [0, 0, 0, 0, 100],
  }),
  example('21 exempt or licensed', picture([claims(['', 50, PD], ['A', 50]), claims(['A', 100])], ['A']), {
    buckets: [50, 0, 0, 0, 50],
    cleared: 100,
    status: 'fully-licensed',
  }),
  example('22 small claims do not fit together', picture([four, claims(['D', 50])], ['A', 'B', 'C']), {
    buckets: [50, 0, 5, 0, 45],
    atMost: 95,
  }),
  example('22b as 22, B not licensed', picture([four, claims(['D', 50])], ['A', 'C']), {
    buckets: [20, 0, 35, 0, 45],
  }),
  example('23 copyright control', picture([claims(['A', 50], ['', 50])], ['A']), { buckets: [50, 0, 0, 50, 0] }),
  example('23 with a second provider', picture([claims(['A', 50], ['', 50]), claims(['A', 50], ['B', 50])], ['A']), {
    buckets: [50, 0, 50, 0, 0],
  }),
  example(
    '24 rival links',
    [
      delivery('p1/x', { works: { W1: claims(['A', 100]) }, licences: [['A']], links: { W1: {} } }),
      delivery('p2/x', { works: { W2: claims(['B', 100]) }, links: { W2: {} } }),
    ],
    { buckets: [0, 0, 0, 0, 100], status: 'undetermined' },
  ),
]
