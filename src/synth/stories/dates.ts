/** Planted stories about dates, and about what changes between deliveries. */
import { BACKDATED_CHANGES, CHANGE_YEARS, CONTROL_CHANGES, GAPS_IN_CHANGES, VANISHING } from '../plan/table.js'
import { withdrawnClaim } from './ready-made.js'
import type { Story } from './story.js'
import { claim, implied, LAST_MONTH, licence, NO_CELL, planted, story, streams } from './tell.js'

const overlap = story({
  name: 'overlapping-control',
  parties: 2,
  shares: [claim(0, '100', { chain: 'c', to: '2019-07-01' }), claim(1, '100', { chain: 'c', from: '2019-04-01' })],
  truth: [
    planted('C-DAT-01', 'two controllers of one chain', { from: '2019-04-01', to: '2019-07-01' }),
    implied('C-SHR-02', 'both claim all meanwhile', { from: '2019-04-01', to: '2019-07-01', magnitude: 200 }),
  ],
})

const PER_100_000 = 100

const gap = story({
  name: 'gap-in-control',
  rate: (CONTROL_CHANGES * CHANGE_YEARS * GAPS_IN_CHANGES * PER_100_000) / 1000,
  parties: 2,
  shares: [claim(0, '100', { chain: 'c', to: '2018-03-01' }), claim(1, '100', { chain: 'c', from: '2018-05-01' })],
  usage: ['2018-02', '2018-03', '2018-04', LAST_MONTH].map((period) => streams(period)),
  truth: [
    planted('C-DAT-02', 'nobody controls for two months, with streams', { from: '2018-03-01', to: '2018-05-01' }),
  ],
})

const endBeforeStart = story({
  name: 'end-before-start',
  parties: 2,
  shares: [claim(0, '100'), claim(1, '25', { from: '2019-06-01', to: '2019-01-01' })],
  truth: [planted('C-DAT-03', 'ends before it starts', { from: '2019-06-01', to: '2019-01-01' })],
})

const farFuture = story({
  name: 'far-future',
  parties: 2,
  shares: [claim(0, '100', { chain: 'c', to: '2035-01-01' }), claim(1, '100', { chain: 'c', from: '2035-01-01' })],
  truth: [planted('C-DAT-03', 'starts in 2035', { from: '2035-01-01' })],
})

const yearOnly = story({
  name: 'year-only',
  parties: 1,
  shares: [claim(0, '100', { from: '2017' })],
  truth: [planted('C-DAT-05', 'the start is a year', { from: '2017' })],
})

const noStart = story({
  name: 'no-start',
  parties: 1,
  shares: [claim(0, '100', { from: null })],
  truth: [planted('C-DAT-05', 'no start is stated', { from: null })],
})

/** Control passes from the first party to the second; the delivery of the change says from when. */
const change = (name: string, rate: number, day: number): Story =>
  story({
    name,
    rate,
    isPerRound: true,
    rounds: 1,
    parties: 2,
    shares: [
      claim(0, '100', { chain: 'c', until: 0 }),
      claim(0, '100', { chain: 'c', since: 0, to: day }),
      claim(1, '100', { chain: 'c', since: 0, from: day }),
    ],
    truth: [],
  })

const perMonth = (CONTROL_CHANGES * PER_100_000) / 12
const onTime = change('change-on-time', (perMonth * (1000 - BACKDATED_CHANGES)) / 1000, -5)
const backdated = change('change-backdated', (perMonth * BACKDATED_CHANGES) / 1000, -200)

const vanishes: Story = { ...withdrawnClaim, name: 'claim-vanishes', rate: (VANISHING * 10) / 2, isPerRound: true }

const returns = story({
  name: 'claim-vanishes-and-returns',
  rate: (VANISHING * 10) / 2,
  isPerRound: true,
  rounds: 2,
  parties: 2,
  shares: [claim(0, '75'), claim(1, '25', { until: 0 }), claim(1, '25', { since: 1 })],
  truth: [
    planted('C-SNP-01', 'a claim of 25 percent vanished for one delivery', { since: 0, until: 1, magnitude: 25 }),
    implied('C-SHR-03', 'what vanished nobody else claims', { since: 0, until: 1, magnitude: 25 }),
  ],
})

const replaced = story({
  name: 'claim-replaced',
  rounds: 1,
  parties: 3,
  shares: [
    claim(0, '75'),
    claim(1, '25', { chain: 'second', until: 0 }),
    claim(2, '25', { chain: 'second', since: 0 }),
  ],
  truth: [planted('C-SNP-02', 'the same 25 percent are now another party’s', { since: 0, magnitude: 25 })],
})

/** Neither does the old owner's share end on a day, nor does the new owner's begin with the delivery. */
const succession = story({
  name: 'succession-without-transfer',
  rounds: 1,
  parties: 2,
  partyRows: [0, 1].map((party) => ({ feed: 'society', party, groupOf: party })),
  shares: [claim(0, '100', { chain: 'c', until: 0 }), claim(1, '100', { chain: 'c', since: 0 })],
  truth: [
    planted('C-PTY-04', 'the share is another group’s, and no row tells of a transfer', { since: 0 }),
    implied('C-SNP-02', 'the same 100 percent are now another party’s', { since: 0, magnitude: 100 }),
  ],
})

const reissued = story({
  name: 'licence-under-another-id',
  feeds: ['society', 'service'],
  rounds: 1,
  parties: 1,
  shares: [claim(0, '100')],
  licences: [licence('old', 0, { until: 0 }), licence('new', 0, { since: 0 })],
  truth: [
    planted('C-SNP-07', 'the same licence under another id: nothing has ended', {
      ...NO_CELL,
      subject: { licence: 'new' },
      feeds: ['service'],
      since: 0,
    }),
  ],
})

const flipFlop = story({
  name: 'flip-flop',
  rounds: 2,
  parties: 2,
  shares: [
    claim(0, '50', { until: 0 }),
    claim(0, '40', { since: 0, until: 1 }),
    claim(0, '50', { since: 1 }),
    claim(1, '50'),
  ],
  truth: [
    planted('C-SNP-03', '50, then 40, then 50 again', { since: 1, magnitude: 10 }),
    implied('C-SHR-03', '10 percent are not claimed in between', { since: 0, until: 1, magnitude: 10 }),
  ],
})

export const ABOUT_DATES: readonly Story[] = [
  overlap,
  gap,
  endBeforeStart,
  farFuture,
  yearOnly,
  noStart,
  onTime,
  backdated,
  vanishes,
  returns,
  replaced,
  flipFlop,
  succession,
  reissued,
]
