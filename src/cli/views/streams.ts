/** Streams by status: as known when they were played, and with hindsight. */
import type { StreamsResult } from '../../licensing/index.js'
import type { Output } from '../output.js'
import { dayInWords, STATUS_WORDS } from './licensed-words.js'

interface PeriodJson {
  territory: string
  first: string
  last: string
  streams: number
  asKnown: string
  hindsight: string
}

export interface StreamsDocument {
  kind: 'recital.streams'
  version: 1
  recording: { isrc: string | null; title: string | null; artist: string | null }
  known: string
  rights: string[]
  theories: string[]
  /** Streams by status. */
  totals: { asKnown: Record<string, number>; hindsight: Record<string, number> }
  periods: PeriodJson[]
}

const STATUSES = ['fully-licensed', 'partly-licensed', 'not-licensed', 'undetermined', 'mixed'] as const

function totalsOf(periods: readonly PeriodJson[], column: 'asKnown' | 'hindsight'): Record<string, number> {
  const sum = (status: string) =>
    periods.filter((period) => period[column] === status).reduce((total, { streams }) => total + streams, 0)
  return Object.fromEntries(STATUSES.map((status) => [status, sum(status)]))
}

export function streamsDocument({ recording, known, rights, theories, periods }: StreamsResult): StreamsDocument {
  const shown = periods.map((period): PeriodJson => ({ ...period, streams: Number(period.streams) }))
  return {
    kind: 'recital.streams',
    version: 1,
    recording: { ...recording },
    known,
    rights: [...rights],
    theories: [...theories],
    totals: { asKnown: totalsOf(shown, 'asKnown'), hindsight: totalsOf(shown, 'hindsight') },
    periods: shown,
  }
}

const inWords = (status: string): string => STATUS_WORDS[status] ?? status

export function printStreams(document: StreamsDocument, out: Output): void {
  const { recording, known, rights, periods, totals, theories } = document
  out.heading(`${recording.title ?? 'without title'}  ${recording.isrc ?? ''}`)
  if (periods.length === 0) {
    out.line('No usage that was asked for had been received.')
    return
  }
  out.line(`Rights: ${rights.join(', ')}; theories: ${theories.join(', ')}`)
  out.table(
    [
      { header: 'streams', kind: 'id' },
      { header: 'as known then', kind: 'number' },
      { header: `with hindsight of ${dayInWords(known)}`, kind: 'number' },
      { header: 'difference', kind: 'number' },
    ],
    STATUSES.map((status) => {
      const [then, now] = [totals.asKnown[status] ?? 0, totals.hindsight[status] ?? 0]
      return [inWords(status), String(then), String(now), String(now - then)]
    }),
  )
  out.line()
  out.table(
    [
      { header: 'country', kind: 'id' },
      { header: 'period', kind: 'id' },
      { header: 'streams', kind: 'number' },
      { header: 'as known then', kind: 'id' },
      { header: 'with hindsight', kind: 'id' },
    ],
    periods.map(({ territory, first, last, streams, asKnown, hindsight }) => [
      territory,
      first === last ? first : `${first} to ${last}`,
      String(streams),
      inWords(asKnown),
      inWords(hindsight),
    ]),
  )
}
