/** Small worlds, one for each thing to be shown; all of them are delivered together, as rows of the same few feeds. */
import type { Cells, Delivery } from '../../licensing/deliveries.js'
import { ipiNameOf, isrcOf, iswcOf } from '../../licensing/numbers.js'

/** Days of receipt of the deliveries, each full. */
export const ROUNDS = ['2020-01-01', '2020-02-01', '2020-03-01', '2020-04-01'] as const

interface Row {
  readonly feed: string
  readonly relation: string
  readonly cells: Cells
  readonly since: number
  /** First round without it. */
  readonly until: number
}

export interface When {
  readonly since?: number
  readonly until?: number
}

/** Cells, and the number of the work or recording where it is not the first. */
type Numbered = Readonly<Record<string, string | number>>

const asCells = (cells: Numbered): Cells =>
  Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, String(value)]))

const FIRST_FREE = 500_000

/** The rows of one world; numbers of works, parties and recordings are its own. */
export class World {
  readonly rows: Row[] = []

  constructor(readonly number: number) {}

  /** ISWC, ISRC, IPI name number of the world's n-th thing. */
  iswc = (n = 1): string => iswcOf(FIRST_FREE + this.number * 20 + n)
  isrc = (n = 1): string => isrcOf(FIRST_FREE + this.number * 20 + n)
  ipi = (n = 1): string => ipiNameOf(FIRST_FREE + this.number * 20 + n)
  /** Ids are never the same in two feeds: only the codes join. */
  id = (feed: string, letter: string, n: number): string => `${feed}-${letter}${this.number}-${n}`

  row(feed: string, relation: string, cells: Cells, { since = 0, until = ROUNDS.length }: When = {}): this {
    this.rows.push({ feed, relation, cells, since, until })
    return this
  }

  /** A work; once for each feed. */
  work(feed: string, n = 1, more: Cells = {}, when: When = {}): this {
    return this.once(
      feed,
      'works',
      { work_id: this.id(feed, 'W', n), title: `Song ${this.number} ${n}`, iswc: this.iswc(n), ...more },
      'work_id',
      when,
    )
  }

  party(feed: string, n: number, more: Cells = {}, when: When = {}): this {
    return this.once(
      feed,
      'parties',
      { party_id: this.id(feed, 'P', n), name: `Party${this.number}x${n}`, ipi_name_number: this.ipi(n), ...more },
      'party_id',
      when,
    )
  }

  recording(feed: string, n = 1, more: Cells = {}, when: When = {}): this {
    return this.once(
      feed,
      'recordings',
      { recording_id: this.id(feed, 'R', n), title: `Take ${this.number} ${n}`, isrc: this.isrc(n), ...more },
      'recording_id',
      when,
    )
  }

  private once(feed: string, relation: string, cells: Cells, key: string, when: When): this {
    const isThere = this.rows.some(
      (row) => row.feed === feed && row.relation === relation && row.cells[key] === cells[key],
    )
    return isThere ? this : this.row(feed, relation, cells, when)
  }

  /** A claim on the first work, or on the one that `work` numbers; party null is nobody. Mechanical, licensing, World unless said. */
  share(
    feed: string,
    party: number | null,
    share: number | string,
    { work = 1, ...more }: Numbered = {},
    when: When = {},
  ): this {
    this.work(feed, Number(work))
    if (party !== null) this.party(feed, party)
    return this.row(
      feed,
      'shares',
      {
        work_id: this.id(feed, 'W', Number(work)),
        party_id: party === null ? '' : this.id(feed, 'P', party),
        share: String(share),
        share_kind: 'licensing',
        right: 'mech',
        valid_from: '2015-01-01',
        ...asCells(more),
      },
      when,
    )
  }

  link(feed: string, recording = 1, work = 1, more: Cells = {}, when: When = {}): this {
    this.recording(feed, recording).work(feed, work)
    return this.row(
      feed,
      'links',
      { recording_id: this.id(feed, 'R', recording), work_id: this.id(feed, 'W', work), ...more },
      when,
    )
  }

  /** A licence in the service's feed, for all of the licensor's repertoire unless said. */
  licence(
    n: number,
    licensor: number | null,
    more: Cells = {},
    { feed = 'svc/x', ...when }: When & { feed?: string } = {},
  ): this {
    if (licensor !== null) this.party(feed, licensor)
    return this.row(
      feed,
      'licences',
      {
        licence_id: this.id(feed, 'L', n),
        right: 'mech',
        coverage: 'by-claim',
        licensor_party_id: licensor === null ? '' : this.id(feed, 'P', licensor),
        valid_from: '2015-01-01',
        repertoire: 'all',
        ...more,
      },
      when,
    )
  }

  /** Streams of a recording, in GB unless said. */
  streams(period: string, streams: number, { recording = 1, ...more }: Numbered = {}): this {
    return this.row('svc/x', 'usage', {
      recording_id: this.isrc(Number(recording)),
      territory: 'GB',
      period,
      streams: String(streams),
      use: 'stream',
      ...asCells(more),
    })
  }
}

/** The deliveries of all worlds: every feed delivers in every round all that it then states. */
export function deliveriesOf(worlds: readonly World[]): Delivery[] {
  const rows = worlds.flatMap((world) => world.rows)
  const feeds = [...new Set(rows.map(({ feed }) => feed))].sort()
  return feeds.flatMap((feed) =>
    ROUNDS.map((received, round): Delivery => {
      const own = rows.filter((row) => row.feed === feed)
      const relations = [...new Set(own.map(({ relation }) => relation))].sort()
      return {
        feed,
        received,
        published: received,
        relations: Object.fromEntries(
          relations.map((relation) => [
            relation,
            own
              .filter((row) => row.relation === relation && row.since <= round && round < row.until)
              .map(({ cells }) => cells),
          ]),
        ),
      }
    }),
  )
}
