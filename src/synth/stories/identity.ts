/** Planted stories about who is who: recordings, works, parties and the links between them. */
import type { Story } from './story.js'
import { claim, claimInUs, LAST_MONTH, NO_CELL, planted, story, streams } from './tell.js'

const ofRecording = { ...NO_CELL, subject: { recording: 0 } } as const

const sharedIsrc = story({
  name: 'one-isrc-on-two-recordings',
  rate: 280,
  parties: 1,
  recordings: 2,
  shares: [claim(0, '100')],
  recordingRows: (['society', 'service', 'label'] as const).map((feed) => ({
    feed,
    recording: 1,
    isrcOf: 0,
    longer: 60_000,
  })),
  links: [
    { feed: 'society', recording: 0, work: 0 },
    { feed: 'society', recording: 1, work: 0 },
  ],
  truth: [
    planted('C-ID-01', 'two recordings whose lengths differ by a minute', {
      ...ofRecording,
      feeds: ['society', 'service', 'label'],
    }),
  ],
})

const twoIswcs = story({
  name: 'one-work-under-two-iswcs',
  rate: 1500,
  parties: 1,
  shares: [claim(0, '100')],
  workRows: [{ feed: 'society', work: 0, iswc: 'two' }],
  truth: [planted('C-ID-03', 'one work is stated under two ISWCs', NO_CELL)],
})

const sharedIswc = story({
  name: 'one-iswc-on-two-works',
  rate: 150,
  parties: 1,
  works: 2,
  recordings: 2,
  shares: [claim(0, '100'), claim(0, '100', { work: 1 })],
  workRows: [{ feed: 'society', work: 1, iswcOf: 0 }],
  links: [
    { feed: 'society', recording: 0, work: 0 },
    { feed: 'society', recording: 1, work: 1 },
  ],
  truth: [planted('C-ID-03', 'two works of one feed under one ISWC', NO_CELL)],
})

const badIswc = story({
  name: 'iswc-with-wrong-check-digit',
  parties: 1,
  shares: [claim(0, '100')],
  workRows: [{ feed: 'society', work: 0, iswc: 'bad' }],
  truth: [planted('C-ID-04', 'the check digit of the ISWC is wrong', NO_CELL)],
})

const badIsrc = story({
  name: 'malformed-isrc',
  parties: 1,
  shares: [claim(0, '100')],
  recordingsIn: ['society'],
  recordingRows: [{ feed: 'society', recording: 0, isrc: 'bad' }],
  usage: [],
  truth: [planted('C-ID-04', 'the ISRC is malformed', ofRecording)],
})

const badIpi = story({
  name: 'ipi-with-wrong-check-digits',
  parties: 1,
  shares: [claim(0, '100')],
  partyRows: [{ feed: 'society', party: 0, ipi: 'bad' }],
  truth: [
    planted('C-ID-04', 'the check digits of the IPI name number are wrong', { ...NO_CELL, subject: { party: 0 } }),
  ],
})

const rivalLinks = story({
  name: 'rival-links',
  feeds: ['society', 'mlc'],
  parties: 2,
  works: 2,
  shares: [claim(0, '100'), claimInUs(1, '100', { work: 1 })],
  links: [
    { feed: 'society', recording: 0, work: 0 },
    { feed: 'mlc', recording: 0, work: 1 },
  ],
  truth: [
    planted('C-LNK-02', 'society and collective link the recording to different works', {
      ...ofRecording,
      feeds: ['society', 'mlc'],
    }),
  ],
})

const missingWeight = story({
  name: 'weight-missing',
  parties: 2,
  works: 2,
  shares: [claim(0, '100'), claim(1, '100', { work: 1 })],
  links: [
    { feed: 'society', recording: 0, work: 0, weight: '0.6' },
    { feed: 'society', recording: 0, work: 1 },
  ],
  truth: [planted('C-LNK-03', 'one of two weights is missing', { ...ofRecording, magnitude: 0.6 })],
})

const lowWeights = story({
  name: 'weights-below-one',
  parties: 2,
  works: 2,
  shares: [claim(0, '100'), claim(1, '100', { work: 1 })],
  links: [
    { feed: 'society', recording: 0, work: 0, weight: '0.5' },
    { feed: 'society', recording: 0, work: 1, weight: '0.3' },
  ],
  truth: [planted('C-LNK-03', 'the weights add up to 0.8', { ...ofRecording, magnitude: 0.8 })],
})

/** The second work is sampled in the first, whose writers name its writer; the recording is linked to both. */
const sampledTwice = story({
  name: 'sample-counted-twice',
  parties: 2,
  works: 2,
  partyRows: [0, 1].map((party) => ({ feed: 'society', party, kind: 'writer' })),
  shares: [
    ...(['manuscript', 'collection'] as const).flatMap((kind) => [
      claim(0, '75', { kind, role: 'writer' }),
      claim(1, '25', { kind, role: 'writer' }),
      claim(1, '100', { kind, role: 'writer', work: 1 }),
    ]),
  ],
  links: [
    { feed: 'society', recording: 0, work: 0, weight: '0.8' },
    { feed: 'society', recording: 0, work: 1, weight: '0.2' },
  ],
  truth: [
    planted('C-LNK-04', 'the writer of the second work has a share in the first already', {
      ...ofRecording,
      magnitude: 0.2,
    }),
  ],
})

const changedLink = story({
  name: 'link-changed-after-usage',
  rounds: 1,
  parties: 2,
  works: 2,
  shares: [claim(0, '100'), claim(1, '100', { work: 1 })],
  links: [
    { feed: 'society', recording: 0, work: 0, until: 0 },
    { feed: 'society', recording: 0, work: 1, since: 0 },
  ],
  usage: [streams(LAST_MONTH)],
  truth: [planted('C-LNK-05', 'linked to another work after it was streamed', { ...ofRecording, since: 0 })],
})

const twoIpis = story({
  name: 'one-party-under-two-ipis',
  parties: 2,
  shares: [claim(0, '60'), claim(1, '40')],
  partyRows: [
    { feed: 'society', party: 0, isniOf: 0 },
    { feed: 'society', party: 1, nameOf: 0, isniOf: 0 },
  ],
  truth: [planted('C-PTY-01', 'one name and one ISNI, two IPI name numbers', { ...NO_CELL, subject: { party: 0 } })],
})

const twoNames = story({
  name: 'one-ipi-with-two-names',
  feeds: ['society', 'mlc'],
  parties: 1,
  shares: [claim(0, '100'), claimInUs(0, '100')],
  partyRows: [{ feed: 'mlc', party: 0, name: 'Wholly Other Songs' }],
  truth: [
    planted('C-PTY-02', 'names that do not go together under one IPI', {
      ...NO_CELL,
      subject: { party: 0 },
      feeds: ['society', 'mlc'],
    }),
  ],
})

export const ABOUT_IDENTITY: readonly Story[] = [
  sharedIsrc,
  twoIswcs,
  sharedIswc,
  badIswc,
  badIsrc,
  badIpi,
  rivalLinks,
  missingWeight,
  lowWeights,
  sampledTwice,
  changedLink,
  twoIpis,
  twoNames,
]
