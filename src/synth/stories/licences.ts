/** Planted stories about licences. */
import { doubleDelivery, retroactiveDeal, sixtyDayGap } from './ready-made.js'
import type { Story } from './story.js'
import { claim, LAST_MONTH, licence, planted, story, streams } from './tell.js'

const noShare = story({
  name: 'licence-without-share',
  feeds: ['society', 'service'],
  parties: 2,
  shares: [claim(0, '100')],
  licences: [licence('idle', 1)],
  truth: [
    planted('C-LIC-01', 'the licensor has no share in any work', {
      subject: { licence: 'idle' },
      feeds: ['service'],
      territories: 'WORLD|!US',
      from: '2015-01-01',
    }),
  ],
})

const unproven = story({
  name: 'repertoire-unproven',
  feeds: ['society', 'service'],
  parties: 1,
  shares: [claim(0, '100')],
  licences: [licence('unproven', 0, { repertoire: 'unproven' })],
  truth: [
    planted('C-LIC-02', 'no list of the repertoire', {
      subject: { licence: 'unproven' },
      feeds: ['service'],
      territories: 'WORLD|!US',
      from: '2015-01-01',
    }),
  ],
})

const twice = story({
  name: 'two-licences-for-one-share',
  feeds: ['society', 'service'],
  parties: 1,
  shares: [claim(0, '100')],
  licences: [
    licence('world', 0, { from: '2018-01-01', signed: '2017-12-01' }),
    licence('germany', 0, { territories: 'DE', from: '2019-01-01', signed: '2018-12-01', uses: 'stream' }),
  ],
  truth: [
    planted('C-LIC-03', 'two licences of one licensor for Germany', {
      subject: { licence: 'germany' },
      feeds: ['service'],
      territories: 'DE',
      from: '2019-01-01',
    }),
  ],
})

const otherUse = story({
  name: 'use-outside-the-licence',
  feeds: ['society', 'service'],
  parties: 1,
  shares: [claim(0, '100')],
  licences: [licence('download', 0, { uses: 'download' })],
  usage: [streams(LAST_MONTH)],
  truth: [
    planted('C-LIC-04', 'licensed for downloads, used as stream', {
      subject: { licence: 'download' },
      feeds: ['service'],
      territories: 'GB',
      from: '2021-06-01',
      to: '2021-07-01',
    }),
  ],
})

const NOTICE = { right: 'mech', coverage: 'by-work', territories: 'US', repertoire: 'works', to: '2021-01-01' } as const

const lateNotice = story({
  name: 'notice-after-first-stream',
  feeds: ['society', 'service'],
  parties: 1,
  shares: [claim(0, '100')],
  licences: [licence('notice', 0, { ...NOTICE, from: '2018-05-01', signed: '2018-05-01' })],
  usage: ['2018-02', '2018-06'].map((period) => streams(period, { territory: 'US' })),
  truth: [
    planted('C-LIC-05', 'served three months after the first stream', {
      subject: { licence: 'notice' },
      feeds: ['service'],
      territories: 'US',
      from: '2018-02-01',
      to: '2018-05-01',
    }),
  ],
})

const wrongAddressee = story({
  name: 'notice-to-another-party',
  feeds: ['society', 'service'],
  parties: 2,
  works: 2,
  recordings: 2,
  // The addressee is a publisher, but of another work.
  shares: [claim(0, '100'), claim(1, '100', { work: 1 })],
  licences: [licence('notice', 1, { ...NOTICE, from: '2018-01-15', signed: '2018-01-15' })],
  links: [
    { feed: 'society', recording: 0, work: 0 },
    { feed: 'society', recording: 1, work: 1 },
  ],
  usage: [streams('2018-06', { territory: 'US' })],
  truth: [
    planted('C-LIC-05', 'served on a publisher that does not control the work', {
      subject: { licence: 'notice' },
      feeds: ['service'],
      territories: 'US',
      from: '2018-01-15',
      to: '2021-01-01',
    }),
  ],
})

const terminated = story({
  name: 'terminated-and-still-used',
  feeds: ['society', 'service'],
  parties: 1,
  shares: [claim(0, '100')],
  licences: [licence('ended', 0, { to: '2019-01-01' })],
  usage: ['2018-12', '2019-02', LAST_MONTH].map((period) => streams(period)),
  truth: [
    planted('C-LIC-06', 'streams after the licence ended', {
      subject: { licence: 'ended' },
      feeds: ['service'],
      territories: 'GB',
      from: '2019-01-01',
    }),
  ],
})

const again = (one: Story, name: string): Story => ({ ...one, name })

export const ABOUT_LICENCES: readonly Story[] = [
  noShare,
  unproven,
  twice,
  otherUse,
  lateNotice,
  wrongAddressee,
  terminated,
  again(doubleDelivery, 'two-labels-one-recording'),
  again(sixtyDayGap, 'licence-gap'),
  again(retroactiveDeal, 'licence-retroactive'),
]
