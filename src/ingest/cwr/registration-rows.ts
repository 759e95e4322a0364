/** Rows of a registration besides its shares: `works`, `parties`, `recordings` and `links`. */
import { parseIdentifier } from '../../model/identifiers/parse.js'
import type { RecordSink } from '../reader.js'
import type { Entry, Refusal } from './entries.js'
import { nameOf, partyValues } from './parties.js'
import type { CwrRecord } from './record.js'
import { describe, extraOf, Once } from './transaction.js'
import { isZeros, readDate, readDuration } from './values.js'

/** The longest text of one kind of detail kept beside a work; the lines themselves stay in the file. */
const LONGEST_EXTRA = 2_000

/** Name under which details without a column of their own are kept beside the work, by record type. */
const DETAIL_NAMES: ReadonlyMap<string, string> = new Map([
  ['EWT', 'entire_work'],
  ['VER', 'original_work'],
  ['ORN', 'origin'],
  ['INS', 'instrumentation'],
  ['IND', 'instruments'],
  ['COM', 'components'],
  ['ARI', 'additional_information'],
  ['XRF', 'cross_references'],
])

const isTitle = ({ type }: CwrRecord): boolean => type === 'ALT' || type === 'NAT'

/** The `works` row: one per registration, with every detail that no column takes as extra. */
export const workRow = (
  sink: RecordSink,
  unit: string,
  header: CwrRecord,
  details: readonly CwrRecord[],
  cutShort: boolean,
): void => {
  const titles = details.filter((record) => isTitle(record) && record.get('title') !== '')
  const extra: Record<string, string> = {
    ...header.others(['title', 'iswc', 'submitter_work_number']),
    alternate_title_types: titles
      .map((each) => [each.get('title_type'), each.get('language')].join(' ').trim())
      .join('|'),
    performers: performers(details).join('; '),
    incomplete: cutShort ? 'the registration was cut short: more of it may exist' : '',
  }
  const byName = new Map<string, CwrRecord[]>()
  for (const record of details) {
    if (isTitle(record) || record.type === 'PER' || record.type === 'REC') continue
    const name = DETAIL_NAMES.get(record.type) ?? `details_${record.type.toLowerCase()}`
    const same = byName.get(name)
    if (same === undefined) byName.set(name, [record])
    else same.push(record)
  }
  for (const [name, records] of byName) extra[name] = shorten(describe(records))
  sink.row(
    'works',
    { line: header.line, unit, ...extraOf(extra) },
    {
      work_id: unit,
      title: header.get('title'),
      iswc: header.get('iswc'),
      alternate_titles: titles.map((record) => record.get('title')).join('|'),
    },
  )
}

const shorten = (text: string): string =>
  text.length <= LONGEST_EXTRA ? text : `${text.slice(0, LONGEST_EXTRA)}… (${text.length} characters in all)`

const performers = (details: readonly CwrRecord[]): string[] => [
  ...new Set(
    details
      .filter(({ type }) => type === 'PER')
      .map(nameOf)
      .filter((name) => name !== ''),
  ),
]

/** `parties` rows: each named party once per registration, however many records name it. */
export const partyRows = (
  sink: RecordSink,
  unit: string,
  publishers: readonly Entry[],
  writers: readonly Entry[],
): void => {
  const once = new Once()
  for (const { party, record, side, otherNames } of [...publishers, ...writers]) {
    if (party.id === null) continue
    const values = partyValues(party, side)
    const names = otherNames
      .map((other) => [nameOf(other), other.get('language')].filter((part) => part !== '').join(' '))
      .join('|')
    if (!once.first(values, names)) continue
    const extra = { interested_party_number: party.number, non_roman_names: names }
    sink.row('parties', { line: record.line, unit, ...extraOf(extra) }, values)
  }
}

/** Why a REC record cannot be used: its release date or its duration is unreadable. */
export const unreadableRecording = (record: CwrRecord): Refusal | null => {
  const date = record.get('release_date')
  if (date !== '' && readDate(date) === null) {
    return { reason: 'release date is not a date', column: 'release_date', value: date }
  }
  const duration = record.get('duration')
  if (duration !== '' && readDuration(duration) === null) {
    return { reason: 'duration is not hours, minutes and seconds', column: 'duration_ms', value: duration }
  }
  return null
}

/** `recordings` and `links` rows from REC records; a REC that states nothing gives none. */
export const recordingRows = (
  sink: RecordSink,
  unit: string,
  header: CwrRecord,
  details: readonly CwrRecord[],
): void => {
  const artists = performers(details)
  const once = new Once()
  for (const record of details) {
    if (record.type !== 'REC' || Object.keys(record.others([])).length === 0) continue
    const id = recordingId(unit, record)
    const place = { line: record.line, unit }
    giveRecording(sink, place, id, record, header, artists.length === 1 ? (artists[0] ?? '') : '')
    if (once.first(id)) sink.row('links', place, { recording_id: id, work_id: unit })
  }
}

const giveRecording = (
  sink: RecordSink,
  place: { line: number; unit: string },
  id: string,
  record: CwrRecord,
  header: CwrRecord,
  performer: string,
): void => {
  const title = record.get('recording_title')
  const artist = record.get('display_artist')
  const duration = record.get('duration')
  const date = record.get('release_date')
  const extra = {
    ...record.others(COLUMNS_OF_REC),
    // CWR 2.1 has no recording title, and its performers belong to the work: say where these came from.
    title_basis: title === '' ? 'title of the work' : '',
    artist_basis: artist === '' && performer !== '' ? 'only performer of the work (PER)' : '',
    album_label: record.get('record_label') === '' ? '' : record.get('album_label'),
  }
  const raw = { ...(duration === '' ? {} : { duration_ms: duration }), ...(date === '' ? {} : { release_date: date }) }
  sink.row(
    'recordings',
    { ...place, ...(Object.keys(raw).length === 0 ? {} : { raw }), ...extraOf(extra) },
    {
      recording_id: id,
      title: title || header.get('title'),
      isrc: codeOf(record, 'isrc'),
      version: record.get('version_title'),
      artist: artist || performer,
      duration_ms: duration === '' ? null : readDuration(duration),
      label: record.get('record_label') || record.get('album_label'),
      release_title: record.get('album_title'),
      upc: codeOf(record, 'ean'),
      release_date: date === '' ? null : readDate(date),
    },
  )
}

const COLUMNS_OF_REC = [
  ...['recording_title', 'version_title', 'display_artist', 'duration', 'release_date'],
  ...['isrc', 'ean', 'album_title', 'album_label', 'record_label'],
]

/** A code cell; all zeros fill a code that does not exist. */
const codeOf = (record: CwrRecord, name: string): string => (isZeros(record.get(name)) ? '' : record.get(name))

/**
 * The ISRC when it is one; else the submitter's own recording number; else what the record says about the recording of
 * this work, so that the same record in a later file means the same recording.
 */
const recordingId = (unit: string, record: CwrRecord): string => {
  const isrc = parseIdentifier('isrc', record.get('isrc'))
  if (isrc.valid) return isrc.normalised
  const own = record.get('submitter_recording_id')
  if (own !== '') return `recording:${own}`
  const stated = Object.values(record.others([])).map((text) => text.toUpperCase())
  return `${unit}/${stated.join('/')}`
}
