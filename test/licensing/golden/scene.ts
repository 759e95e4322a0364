/** How the worked examples become deliveries: what is said once for all of them (domain 1.6, "The examples as tables"). */
import type { Cells, Delivery, Relations } from '../deliveries.js'
import { ipiNameOf, isrcOf, iswcOf } from '../numbers.js'
import type { Question } from '../reference.js'

/** Licensed, exempt, unlicensed, unknown, disputed; percent. */
export type Buckets = readonly [number, number, number, number, number]

export type Status = 'fully-licensed' | 'partly-licensed' | 'not-licensed' | 'undetermined'

export interface ExpectedParty {
  readonly class: 'licensed' | 'unlicensed' | 'disputed' | 'unknown' | 'exempt'
  readonly floor: number
  readonly ceiling: number
}

/** What an answer must say; percent. What is left out is not said by the paper. */
export interface Expected {
  readonly buckets?: Buckets
  readonly licensed?: number
  readonly atMost?: number
  readonly cleared?: number
  readonly status?: Status
  readonly reason?: 'no-data' | 'unmatched' | 'no-licence-data' | 'partial-date'
  /** By name as in `PARTIES`. */
  readonly parties?: Readonly<Record<string, ExpectedParty>>
  /** Buckets of each work, by name as in `WORKS`. */
  readonly works?: Readonly<Record<string, Buckets>>
}

export interface Asked {
  readonly question: Question
  readonly expected: Expected
}

export interface Example {
  readonly name: string
  readonly deliveries: readonly Delivery[]
  readonly asked: readonly Asked[]
  /** The same cell with `--right all`. */
  readonly all?: {
    readonly question: Omit<Question, 'right'>
    readonly composite: number
    readonly status: Status
  }
}

export const R1 = isrcOf(1_900_001)

const NAMES = [...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'], ...['K', 'Br', 'OP', 'SP', 'Writer', 'SOLAR', 'SACEM']]

/** IPI name number of each party of the examples. */
export const PARTIES: Readonly<Record<string, string>> = Object.fromEntries(
  NAMES.map((name, place) => [name, ipiNameOf(700_001 + place)]),
)

/** ISWC of each work of the examples. */
export const WORKS: Readonly<Record<string, string>> = { W1: iswcOf(900_001), W2: iswcOf(900_002) }

/** The local id of a thing in a feed: never the same in two feeds, so that only the codes can join them. */
const idIn = (feed: string, name: string): string => `${feed.split('/')[0]}-${name}`

/** A party, or '' for nobody; a share; further cells. */
export type Claim = readonly [party: string, share: number | string, more?: Cells]

export const claims = (...of: readonly Claim[]): readonly Claim[] => of

const shareRow = (feed: string, work: string, [party, share, more]: Claim): Cells => ({
  work_id: idIn(feed, work),
  party_id: party === '' ? '' : idIn(feed, party),
  share: String(share),
  share_kind: 'licensing',
  right: 'mech',
  ...more,
})

const partyRow = (feed: string, name: string): Cells => ({
  party_id: idIn(feed, name),
  name,
  ipi_name_number: PARTIES[name] ?? '',
})

/** A licence by the named party, or by nobody. */
export type Licence = readonly [licensor: string, more?: Cells]

const licenceRow = (feed: string, [licensor, more]: Licence, place: number): Cells => ({
  licence_id: `${feed}-licence-${place + 1}`,
  right: 'mech',
  coverage: 'by-claim',
  licensor_party_id: licensor === '' ? '' : idIn(feed, licensor),
  repertoire: 'all',
  ...more,
})

export interface Said {
  readonly received?: string
  readonly published?: string
  readonly scope?: 'full' | 'delta'
  readonly endDates?: 'exclusive' | 'inclusive'
  /** Claims by work. */
  readonly works?: Readonly<Record<string, readonly Claim[]>>
  /** Left out: no file of licences. */
  readonly licences?: readonly Licence[]
  /** Works in the recording with the cells of their links; left out: no recording and no links. */
  readonly links?: Readonly<Record<string, Cells>>
  readonly more?: Relations
}

/** One delivery of one feed with the parties, works and recordings that it needs. */
export function delivery(feed: string, said: Said): Delivery {
  const { received = '2017-01-01', published, scope, endDates, works = {}, licences, links, more } = said
  const named = [...Object.values(works).flat(), ...(licences ?? [])].map(([party]) => party)
  const parties = [...new Set(named)].filter((party) => party !== '')
  const titled = [...new Set([...Object.keys(works), ...Object.keys(links ?? {})])]
  return {
    feed,
    received,
    published: published ?? received,
    ...(scope === undefined ? {} : { scope }),
    ...(endDates === undefined ? {} : { endDates }),
    relations: {
      parties: parties.map((name) => partyRow(feed, name)),
      works: titled.map((work) => ({ work_id: idIn(feed, work), title: work, iswc: WORKS[work] ?? '' })),
      shares: Object.entries(works).flatMap(([work, all]) => all.map((claim) => shareRow(feed, work, claim))),
      ...(licences === undefined
        ? {}
        : { licences: licences.map((licence, place) => licenceRow(feed, licence, place)) }),
      ...(links === undefined
        ? {}
        : {
            recordings: [{ recording_id: idIn(feed, 'R1'), title: 'R1', isrc: R1 }],
            links: Object.entries(links).map(([work, cells]) => ({
              recording_id: idIn(feed, 'R1'),
              work_id: idIn(feed, work),
              ...cells,
            })),
          }),
      ...more,
    },
  }
}

/** The usual picture: `p1/x` with the link and the licences of the starred, further feeds with their claims on W1. */
export const picture = (
  [first, ...others]: readonly (readonly Claim[])[],
  starred: readonly string[],
  more: readonly Cells[] = [],
): Delivery[] => [
  delivery('p1/x', {
    works: { W1: first ?? [] },
    licences: starred.map((party, place) => [party, more[place] ?? {}]),
    links: { W1: {} },
  }),
  ...others.map((own, place) => delivery(`p${place + 2}/x`, { works: { W1: own } })),
]

/** The usual question, with what differs. */
export const ask = (differs: Partial<Question> = {}): Question => ({
  recording: R1,
  on: '2019-06-01',
  territory: 'FR',
  right: 'mech',
  ...differs,
})

/** An example that asks the usual question once. */
export const example = (name: string, deliveries: readonly Delivery[], expected: Expected): Example => ({
  name,
  deliveries,
  asked: [{ question: ask(), expected }],
})
