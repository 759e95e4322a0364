/** A timeline written by hand: a mechanical right with a gap of sixty days, and what was known of it before. */
import { Chalk } from 'chalk'
import type { TimelineDesk } from '../../../src/cli/timeline.js'
import type {
  CauseJson,
  LaneJson,
  LaneSegmentJson,
  StatementJson,
  TimelineDocument,
} from '../../../src/cli/views/timeline-document.js'
import { type Action, reduce } from '../../../src/ui/screens/timeline/reduce.js'
import { openingState, type State } from '../../../src/ui/screens/timeline/state.js'

/** Buckets as in print: `#100`, `#60 ?40`. */
export function figures(text: string) {
  const names = { '#': 'licensed', '+': 'exempt', '?': 'unknown', '~': 'disputed', '.': 'unlicensed' } as const
  const buckets = { licensed: 0, exempt: 0, unlicensed: 0, unknown: 0, disputed: 0 }
  for (const part of text.split(' ')) buckets[names[part[0] as keyof typeof names]] = Number(part.slice(1))
  const { licensed, exempt, unlicensed } = buckets
  return { ...buckets, atLeast: licensed, atMost: 100 - unlicensed - exempt, cleared: licensed + exempt }
}

export function segment(
  from: string | null,
  to: string | null,
  text: string,
  statements: string[] = [],
): LaneSegmentJson {
  const held = figures(text)
  const status = held.licensed === 100 ? 'fully-licensed' : held.unlicensed === 100 ? 'not-licensed' : 'undetermined'
  return { from, to, status, reason: held.unknown === 100 ? 'no-data' : null, ...held, statements }
}

/** A lane whose events are where its segments meet. */
export function lane(right: string, segments: LaneSegmentJson[], causes: Record<string, CauseJson[]> = {}): LaneJson {
  const events = segments.slice(1).map((after, index) => ({
    on: after.from ?? '',
    before: segments[index] ?? after,
    after,
    because: causes[after.from ?? ''] ?? [],
  }))
  return { right, segments, events, longest: [], works: [] }
}

const source = (file: string, line: number, text: string): StatementJson => ({
  feed: 'streamland/rights',
  snapshot: '2020-01-01-44165b45e0e0',
  file,
  line,
  sha256: '95a50dbbeaf114444a693f6b99c24ca07aaf3a92a23d98a35ea297acf13d055d',
  published: '2020-01-01',
  received: '2020-01-02',
  text,
})

const begins = (statement: string, text: string): CauseJson => ({ kind: 'licence-start', statement, text })

const MECH_CAUSES = {
  '2018-01-01': [begins('s:g1', 'streamland/rights: licence begins, LIC-G1')],
  '2020-01-01': [{ kind: 'licence-end', statement: 's:g1', text: 'streamland/rights: licence ends, LIC-G1' }],
  '2020-03-01': [begins('s:g2', 'streamland/rights: licence begins, LIC-G2')],
}

export function storyDocument(change: Partial<TimelineDocument> = {}): TimelineDocument {
  return {
    kind: 'recital.timeline',
    version: 1,
    recording: { isrc: 'ZZRCL1800003', title: 'Sixty Days of Fog', artist: 'Nemo' },
    territory: 'FR',
    known: '2022-04-11',
    theories: ['fractional'],
    rights: [
      lane(
        'mech',
        [
          segment(null, '2018-01-01', '.100', ['s:link']),
          segment('2018-01-01', '2020-01-01', '#100', ['s:g1', 's:link']),
          segment('2020-01-01', '2020-03-01', '.100', ['s:link']),
          segment('2020-03-01', null, '#60 ?40', ['s:g2', 's:link']),
        ],
        MECH_CAUSES,
      ),
      lane('perf', [segment(null, null, '?100')]),
      lane('master', [segment(null, '2019-07-01', '.100'), segment('2019-07-01', null, '#100')]),
    ],
    basis: { generation: '5', feeds: [{ feed: 'streamland/rights', snapshot: '2020-01-01-44165b45e0e0' }] },
    sources: {
      's:g1': source('2020-01-01/licences.csv', 4, 'LIC-G1 (by-claim) by lic-g'),
      's:g2': source('2020-01-01/licences.csv', 5, 'LIC-G2 (by-claim) by lic-g'),
      's:link': source('2020-01-01/links.csv', 4, 'r3 is T9000000033'),
    },
    ...change,
  }
}

/** As known on 2020-01-01: the second licence was not heard of. */
export const earlierDocument = (): TimelineDocument => {
  const now = storyDocument()
  const [mech, ...others] = now.rights
  const segments = [...(mech?.segments.slice(0, 2) ?? []), segment('2020-01-01', null, '.100', ['s:link'])]
  return { ...now, known: '2020-01-01', rights: [lane('mech', segments, MECH_CAUSES), ...others] }
}

/** The mechanical right by its two works, the second of which joins in 2019. */
export const withWorks = (): TimelineDocument => {
  const now = storyDocument()
  const works = [
    {
      work: { iswc: 'T9000000033', title: 'Fog', id: 'S-03' },
      segments: [segment(null, '2018-01-01', '.100', ['s:link']), segment('2018-01-01', null, '#100', ['s:g1'])],
    },
    { work: { iswc: null, title: null, id: 'S-04' }, segments: [segment('2019-01-01', null, '?100', [])] },
  ]
  return { ...now, rights: now.rights.map((each) => (each.right === 'mech' ? { ...each, works } : each)) }
}

export const KNOWLEDGE = ['2018-06-05', '2020-01-01', '2022-04-11']

export const storyDesk = (first = storyDocument()): Pick<TimelineDesk, 'asked' | 'knowledge' | 'named' | 'first'> => ({
  asked: { recording: 'ZZRCL1800003', right: 'all' },
  knowledge: KNOWLEDGE,
  named: ['DE', 'FR'],
  first,
})

export const opened = (size = { columns: 80, rows: 24 }, first = storyDocument()): State =>
  openingState(storyDesk(first), size)

/** The state after those keys, in the names of the key table; a text in `'…'` is typed character by character. */
export const afterKeys = (state: State, ...names: string[]): State =>
  names
    .flatMap((name) => (/^'.*'$/.test(name) && name.length > 1 ? [...name.slice(1, -1)] : [name]))
    .map((name): Action => ({ type: 'key', key: { name, text: [...name].length === 1 ? name : null } }))
    .reduce(reduce, state)

export const answeredBy = (state: State, document: TimelineDocument): State =>
  reduce(state, { type: 'answered', question: { known: document.known, territory: document.territory }, document })

/** Without colours, with the signs of print. */
export const PLAIN = { colors: new Chalk({ level: 0 }), isUnicode: false }
