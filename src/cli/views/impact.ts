/** What rests on a statement, and what a delivery changed. */
import type { CellsChange, ImpactResult } from '../../licensing/index.js'
import { shareToJson } from '../../model/shares/share.js'
import type { Output } from '../output.js'
import { statementText } from './causes.js'
import { dayInWords, STATUS_WORDS } from './licensed-words.js'

interface ResultJson {
  status: string
  licensed: number
  exempt: number
  unlicensed: number
  unknown: number
  disputed: number
}

interface RecordingJson {
  isrc: string | null
  title: string | null
  id: string
}

export interface ImpactDocument {
  kind: 'recital.impact'
  version: 1
  of: { kind: string; id: string; text: string | null }
  known: string
  on: string | null
  counts: {
    recordings: number
    changedRecordings: number | null
    changedCells: number | null
    changedStatuses: number | null
  }
  /** At most `--limit`; `counts` tells how many there are. */
  recordings: RecordingJson[]
  /** One entry for each recording, right and change of its result; at most `--limit`. Null unless a day was asked for. */
  changes:
    | { recording: RecordingJson; right: string; territories: string[]; before: ResultJson; after: ResultJson }[]
    | null
}

const resultJson = ({ status, ...buckets }: CellsChange['after']): ResultJson => ({
  status,
  licensed: shareToJson(buckets.licensed),
  exempt: shareToJson(buckets.exempt),
  unlicensed: shareToJson(buckets.unlicensed),
  unknown: shareToJson(buckets.unknown),
  disputed: shareToJson(buckets.disputed),
})

export function impactDocument({ of, known, on, recordings, changes }: ImpactResult, limit: number): ImpactDocument {
  const cells = (some: readonly CellsChange[]) => some.reduce((sum, { territories }) => sum + territories.length, 0)
  return {
    kind: 'recital.impact',
    version: 1,
    of: { kind: of.kind, id: of.id, text: of.statement === null ? null : statementText(of.statement) },
    known,
    on,
    counts: {
      recordings: recordings.length,
      changedRecordings: changes === null ? null : new Set(changes.map(({ recording }) => recording.id)).size,
      changedCells: changes === null ? null : cells(changes),
      changedStatuses:
        changes === null ? null : cells(changes.filter(({ before, after }) => before.status !== after.status)),
    },
    recordings: recordings.slice(0, limit).map((each) => ({ ...each })),
    changes:
      changes?.slice(0, limit).map(({ recording, right, territories, before, after }) => ({
        recording: { ...recording },
        right,
        territories: [...territories],
        before: resultJson(before),
        after: resultJson(after),
      })) ?? null,
  }
}

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

export function printImpact(document: ImpactDocument, out: Output): void {
  const { of, known, on, counts, recordings, changes } = document
  const reached = plural(counts.recordings, 'recording')
  if (of.kind === 'statement') {
    out.safe(`As known on ${dayInWords(known)}, the answers for ${reached} rest on this statement or may do so:`)
    out.safe(`  ${of.text}`)
  } else out.safe(`Snapshot ${of.id}, received on ${dayInWords(known)}, bears on ${reached}.`)
  if (changes === null || on === null) {
    printRecordings(recordings, counts.recordings, out)
    return
  }
  if (changes.length === 0) {
    out.line(`It changed no result of ${dayInWords(on)}.`)
    return
  }
  const countries = plural(counts.changedCells ?? 0, 'result')
  const statuses = `${counts.changedStatuses} of them in status`
  out.line(`It changed ${countries} of ${dayInWords(on)} (right and country of a recording), ${statuses}:`)
  out.line()
  out.table(
    [
      { header: 'recording', kind: 'id' },
      { header: 'right', kind: 'id' },
      { header: 'before', kind: 'id' },
      { header: 'after', kind: 'id' },
      { header: 'countries' },
    ],
    changes.map(({ recording, right, before, after, territories }) => [
      recording.isrc ?? recording.id,
      right,
      resultInWords(before),
      resultInWords(after),
      territories.length > MOST_NAMED ? plural(territories.length, 'country', 'countries') : territories.join(' '),
    ]),
  )
}

const MOST_NAMED = 8

function printRecordings(recordings: readonly RecordingJson[], all: number, out: Output): void {
  out.line()
  out.table(
    [{ header: 'recording', kind: 'id' }, { header: 'title' }, { header: 'id', kind: 'id' }],
    recordings.map(({ isrc, title, id }) => [isrc ?? '', title ?? '', id]),
  )
  if (recordings.length < all) out.line(`… and ${all - recordings.length} more: --limit ${all} shows all`)
}

/** `partly licensed (40 licensed, 60 unlicensed)`. */
function resultInWords({ status, ...figures }: ResultJson): string {
  const parts = Object.entries(figures).flatMap(([name, value]) => (value > 0 ? [`${value} ${name}`] : []))
  return `${STATUS_WORDS[status] ?? status} (${parts.join(', ')})`
}
