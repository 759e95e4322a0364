/** Short ways of telling a story: what is usual need not be said. */
import type {
  LicenceRow,
  LinkRow,
  PartyRow,
  RecordingRow,
  ShareRow,
  Story,
  StoryFeed,
  TruthRow,
  UsageRow,
  WorkRow,
} from './story.js'

/** A publisher's collection share of the whole world in the society's feed, with a chain of its own. */
export const claim = (party: number | null, share: string | null, rest: Partial<ShareRow> = {}): ShareRow => ({
  feed: 'society',
  work: 0,
  party,
  share,
  kind: 'collection',
  right: 'mech',
  role: 'publisher',
  chain: `c${party ?? ''}`,
  territories: 'WORLD',
  from: '2010-01-01',
  to: null,
  ...rest,
})

/** The same in the collective's feed, for the United States. */
export const claimInUs = (party: number, share: string, rest: Partial<ShareRow> = {}): ShareRow =>
  claim(party, share, { feed: 'mlc', territories: 'US', ...rest })

/** A mechanical licence of all claims of a party outside the United States, where the blanket licence is. */
export const licence = (key: string, party: number | null, rest: Partial<LicenceRow> = {}): LicenceRow => ({
  key,
  feed: 'service',
  right: 'mech',
  coverage: 'by-claim',
  party,
  territories: 'WORLD|!US',
  from: '2015-01-01',
  to: null,
  signed: '2014-12-01',
  repertoire: 'all',
  uses: 'stream|download',
  ...rest,
})

/** A label's deal for the first recording of a story. */
export const masterDeal = (key: string, party: number | null, rest: Partial<LicenceRow> = {}): LicenceRow =>
  licence(key, party, {
    feed: 'label',
    right: 'master',
    coverage: 'by-work',
    territories: 'WORLD',
    repertoire: 'recordings',
    uses: 'stream',
    ...rest,
  })

export const streams = (period: string, rest: Partial<UsageRow> = {}): UsageRow => ({
  recording: 0,
  territory: 'GB',
  period,
  streams: 12,
  use: 'stream',
  ...rest,
})

/** A month before the first delivery. */
export const LAST_MONTH = '2021-06'

/** A conflict about the first work, mechanical right, the whole world, without end. */
export const planted = (conflict: string, note: string, rest: Partial<TruthRow> = {}): TruthRow => ({
  conflict,
  role: 'planted',
  subject: { work: 0 },
  feeds: ['society'],
  right: 'mech',
  territories: 'WORLD',
  from: '2010-01-01',
  to: null,
  note,
  ...rest,
})

export const implied = (conflict: string, note: string, rest: Partial<TruthRow> = {}): TruthRow => ({
  ...planted(conflict, note, rest),
  role: 'implied',
})

/** A conflict about an identity or a delivery, without a cell: no right, territory or dates. */
export const NO_CELL = { right: null, territories: null, from: null, to: null } as const

export interface Told extends Partial<Story> {
  readonly name: string
  readonly parties: number
  readonly shares: readonly ShareRow[]
  readonly truth: readonly TruthRow[]
  /** Feeds that deliver the recordings beside those that link them; the service and the label unless said. */
  readonly recordingsIn?: readonly StoryFeed[]
  /** The story tells its deals for recordings itself. */
  readonly ownDeals?: true
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** Rows for what the others mention, unless they are told. */
function mentionedParties(told: Told, licences: readonly LicenceRow[]): PartyRow[] {
  const mentioned = [...told.shares, ...licences].flatMap(({ feed, party }) =>
    party === null ? [] : [`${feed} ${party}`],
  )
  const own = told.partyRows ?? []
  const missing = unique(mentioned).filter((key) => !own.some(({ feed, party }) => `${feed} ${party}` === key))
  return [...own, ...missing.map((key) => ({ feed: key.split(' ')[0] as StoryFeed, party: Number(key.split(' ')[1]) }))]
}

function mentionedWorks(told: Told, links: readonly LinkRow[]): WorkRow[] {
  const own = told.workRows ?? []
  const mentioned = unique([...told.shares, ...links].map(({ feed, work }) => `${feed} ${work}`))
  const missing = mentioned.filter((key) => !own.some(({ feed, work }) => `${feed} ${work}` === key))
  return [...own, ...missing.map((key) => ({ feed: key.split(' ')[0] as StoryFeed, work: Number(key.split(' ')[1]) }))]
}

function mentionedRecordings(told: Told, links: readonly LinkRow[], recordings: number): RecordingRow[] {
  const own = told.recordingRows ?? []
  const everywhere = (told.recordingsIn ?? (['service', 'label'] as const)).flatMap((feed) =>
    Array.from({ length: recordings }, (_, recording) => `${feed} ${recording}`),
  )
  const keys = unique([...everywhere, ...links.map(({ feed, recording }) => `${feed} ${recording}`)])
  const missing = keys.filter((key) => !own.some(({ feed, recording }) => `${feed} ${recording}` === key))
  return [
    ...own,
    ...missing.map((key) => ({ feed: key.split(' ')[0] as StoryFeed, recording: Number(key.split(' ')[1]) })),
  ]
}

/** One deal for all that the label delivers. */
const usualDeal = (rows: readonly RecordingRow[]): LicenceRow[] =>
  rows.some(({ feed }) => feed === 'label') ? [masterDeal('master', null)] : []

/** A story with everything that follows from what is told: one work, one recording, one link, some streams. */
export function story(told: Told): Story {
  const { recordings = 1, works = 1 } = told
  const first = told.shares[0]?.feed ?? 'society'
  const links = told.links ?? [{ feed: first, recording: 0, work: 0 }]
  const recordingRows = mentionedRecordings(told, links, recordings)
  const licences = [...(told.licences ?? []), ...(told.ownDeals === true ? [] : usualDeal(recordingRows))]
  return {
    rate: 50,
    rounds: 0,
    ...told,
    feeds: told.feeds ?? unique(told.shares.map(({ feed }) => feed)),
    works,
    recordings,
    links,
    licences,
    partyRows: mentionedParties(told, licences),
    workRows: mentionedWorks(told, links),
    recordingRows,
    usage: told.usage ?? [streams(LAST_MONTH)],
  }
}
