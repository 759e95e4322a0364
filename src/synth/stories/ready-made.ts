/** The ready-made stories of domain.md 6: one instance each, works and recordings of the lowest numbers. */
import type { Story } from './story.js'
import { claim, claimInUs, implied, LAST_MONTH, licence, masterDeal, NO_CELL, planted, story, streams } from './tell.js'

const EIGHT = [0, 1, 2, 3, 4, 5, 6, 7]

/** Eight parties claim the whole song. Three of them are under licence. */
const eightHundred = story({
  name: 'the-800-percent-song',
  feeds: ['society', 'mlc'],
  parties: 8,
  shares: [...EIGHT.map((party) => claim(party, '100')), claimInUs(0, '100')],
  licences: [0, 1, 2].map((party) => licence(`all-${party}`, party)),
  truth: [
    planted('C-SHR-02', 'eight parties with 100 percent each in one feed', { magnitude: 800 }),
    implied('C-SHR-01', 'the collective names one of the eight', {
      feeds: ['society', 'mlc'],
      territories: 'US',
      magnitude: 800,
    }),
  ],
})

/** The collective learns three years late who administers the song; the society never does. */
const untoldAdministrator = story({
  name: 'the-administrator-nobody-was-told-about',
  rounds: 1,
  parties: 2,
  feeds: ['society', 'mlc'],
  shares: [
    claim(0, '100', { role: 'administrator', chain: 'c' }),
    claimInUs(0, '100', { role: 'administrator', chain: 'c', until: 0 }),
    claimInUs(0, '100', { role: 'administrator', chain: 'c', since: 0, to: '2018-07-01' }),
    claimInUs(1, '100', { role: 'administrator', chain: 'c', since: 0, from: '2018-07-01' }),
  ],
  truth: [
    planted('C-PTY-03', 'society and collective name different administrators', {
      feeds: ['society', 'mlc'],
      territories: 'US',
      from: '2018-07-01',
      since: 0,
    }),
    implied('C-SHR-01', 'both administrators claim all', {
      feeds: ['society', 'mlc'],
      territories: 'US',
      from: '2018-07-01',
      since: 0,
      magnitude: 200,
    }),
  ],
})

const inGap = { from: '2020-01-01', to: '2020-03-01' } as const

/** Two licences of one publisher with 60 days between them, and streams in these days. */
export const sixtyDayGap = story({
  name: 'the-60-day-gap',
  feeds: ['society', 'service'],
  parties: 1,
  shares: [claim(0, '100')],
  licences: [
    licence('first', 0, { from: '2018-01-01', to: '2020-01-01' }),
    licence('second', 0, { from: '2020-03-01', signed: '2020-02-20' }),
  ],
  usage: ['2019-12', '2020-01', '2020-02', '2020-03', LAST_MONTH].map((period) => streams(period)),
  truth: [
    planted('C-DAT-02', 'no licence between two licences, with streams', {
      feeds: ['society', 'service'],
      territories: 'WORLD|!US',
      ...inGap,
    }),
    implied('C-LIC-06', 'streams after the first licence ended', {
      feeds: ['service'],
      subject: { licence: 'first' },
      territories: 'GB',
      ...inGap,
    }),
  ],
})

/** A claim of 25 percent is in the first deliveries and then no more. */
export const withdrawnClaim = story({
  name: 'the-withdrawn-claim',
  rounds: 1,
  parties: 2,
  shares: [claim(0, '75'), claim(1, '25', { until: 0 })],
  licences: [licence('all', 0)],
  truth: [
    planted('C-SNP-01', 'a claim of 25 percent vanished', { since: 0, magnitude: 25 }),
    implied('C-SHR-03', 'what vanished nobody else claims', { since: 0, magnitude: 25 }),
  ],
})

/** Three works in one recording, with weights that add up to one. */
const medley = story({
  name: 'the-medley',
  parties: 3,
  works: 3,
  shares: [0, 1, 2].map((work) => claim(work, '100', { work })),
  links: [
    { feed: 'society', recording: 0, work: 0, weight: '0.5' },
    { feed: 'society', recording: 0, work: 1, weight: '0.3' },
    { feed: 'society', recording: 0, work: 2, weight: '0.2' },
  ],
  licences: [licence('all', 0)],
  truth: [],
})

/** One song under two ISWCs with 60 percent each: no overclaim until they are seen as one. */
export const hiddenDuplicate = story({
  name: 'the-hidden-duplicate',
  feeds: ['society', 'mlc'],
  works: 2,
  recordings: 2,
  parties: 3,
  workRows: [{ feed: 'mlc', work: 1, titleOf: 0 }],
  shares: [
    claim(0, '60'),
    claim(2, '100', { kind: 'manuscript', role: 'writer' }),
    claimInUs(1, '60', { work: 1 }),
    claimInUs(2, '100', { work: 1, kind: 'manuscript', role: 'writer' }),
  ],
  links: [
    { feed: 'society', recording: 0, work: 0 },
    { feed: 'mlc', recording: 1, work: 1 },
  ],
  truth: [
    planted('C-ID-03', 'one song under two ISWCs: the same title and writer', {
      ...NO_CELL,
      feeds: ['society', 'mlc'],
      magnitude: 120,
    }),
    implied('C-SHR-03', '40 percent are not claimed under the first ISWC', { magnitude: 40 }),
    implied('C-SHR-03', '40 percent are not claimed under the second ISWC', {
      subject: { work: 1 },
      feeds: ['mlc'],
      territories: 'US',
      magnitude: 40,
    }),
  ],
})

/** Two labels have a deal for one recording, everywhere and at the same time. */
export const doubleDelivery = story({
  name: 'the-label-double-delivery',
  feeds: ['society', 'label'],
  ownDeals: true,
  parties: 3,
  shares: [claim(0, '100')],
  partyRows: [1, 2].map((party) => ({ feed: 'label', party })),
  licences: [masterDeal('one', 1), masterDeal('two', 2, { from: '2017-01-01', signed: '2016-12-01' })],
  truth: [
    planted('C-LIC-07', 'two labels with a deal for one recording', {
      subject: { recording: 0 },
      feeds: ['label'],
      right: 'master',
      from: '2017-01-01',
    }),
  ],
})

/** One licence leaves out Germany and Austria, the other is for the world. */
const worldExceptGermany = story({
  name: 'the-world-excl-de-deal',
  feeds: ['society', 'service'],
  parties: 2,
  shares: [claim(0, '50'), claim(1, '50')],
  licences: [
    licence('excl', 0, { territories: 'WORLD|!US|!DE|!AT' }),
    licence('world', 1, { territories: 'WORLD|!US' }),
  ],
  truth: [],
})

/** A licence signed in June 2021 for the time from 2020 on, heard of with the change. */
export const retroactiveDeal = story({
  name: 'the-retroactive-deal',
  rounds: 1,
  feeds: ['society', 'service'],
  parties: 1,
  shares: [claim(0, '100')],
  licences: [licence('late', 0, { from: '2020-01-01', signed: '2021-06-15', since: 0 })],
  truth: [],
})

const fixed = (one: Story): Story => ({ ...one, isFixed: true })

export const READY_MADE: readonly Story[] = [
  eightHundred,
  untoldAdministrator,
  sixtyDayGap,
  withdrawnClaim,
  medley,
  hiddenDuplicate,
  doubleDelivery,
  worldExceptGermany,
  retroactiveDeal,
].map(fixed)
