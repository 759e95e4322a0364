/**
 * Unclaimed right shares and unmatched recordings.
 *
 * An unclaimed share is a share of a work that nobody has claimed: a row without party (domain rule: room, never a
 * rival), kind licensing, right mech, on a chain of its own so that it hides no other row. Where the record describes
 * its recording itself (cells 6 to 11) that recording and its link to the work are given too. Such recordings, and the
 * unmatched ones, are known by the service's id (`namespace::id`), else by ISRC, else by their hash.
 */
import { as, sqlJson, sqlReferenced } from '../set-based.js'
import { sqlJoined, sqlJsonMerged, sqlMilliseconds } from './cells.js'
import type { Delivery } from './delivery.js'
import { sqlIdentifier } from './identifiers.js'
import { LINK_REST, sqlRecordingHash } from './recordings.js'
import type { RecordTables } from './works.js'

/** SQL for the natural id of a recording that is described outside the table of recordings. */
const sqlDspRecording = (table: string): string =>
  `coalesce(${table}.dsp_id, ${sqlIdentifier('isrc', `${table}.isrc`)}, ${sqlRecordingHash(table)})`

/** The record tells the recording's title itself. */
const DESCRIBED = 'u.recording IS NULL AND u.title IS NOT NULL'

const recordingColumns = [
  as(sqlDspRecording('u'), 'recording_id'),
  as('u.title', 'title'),
  as('u.isrc', 'isrc'),
  as('u.subtitle', 'version'),
  as('u.artist', 'artist'),
  as(sqlMilliseconds('u.duration'), 'duration_ms'),
  ...['label', 'release_title', 'upc', 'release_date'].map((name) => as('NULL::VARCHAR', name)),
]

const place = { file: 'u.file', line: 'u.line', text: 'u.l', raw: sqlJson({ duration_ms: 'u.duration' }) }

/** Gives the shares, recordings and links of the table of unclaimed shares. */
export function giveUnclaimed(delivery: Delivery, works: RecordTables, recordings: RecordTables): void {
  const recording = `CASE WHEN u.recording IS NULL THEN ${sqlDspRecording('u')} ELSE ${sqlReferenced('r.id', 'u.recording')} END`
  const from = `FROM ${delivery.view('unclaimed')} AS u LEFT JOIN ${works.byRecord} AS w ON w.record = u.work
    LEFT JOIN ${recordings.byRecord} AS r ON r.record = u.recording`
  const extra = sqlJson({
    unclaimed: `'true'`,
    recording_id: recording,
    DspResourceId: 'u.dsp_id',
    PercentileForPrioritisation: 'u.percentile',
  })
  delivery.give(
    'shares',
    { ...place, raw: `'{"share_kind":"","right":""}'`, extra: sqlJsonMerged(extra, 'u.unknown') },
    [
      as(sqlReferenced('w.id', 'u.work'), 'work_id'),
      as('NULL::VARCHAR', 'party_id'),
      as('u.percentage', 'share'),
      as(`'licensing'`, 'share_kind'),
      as(`'mech'`, 'right'),
      as('NULL::VARCHAR', 'role'),
      as(`'unclaimed'`, 'chain'),
      ...['territories', 'valid_from', 'valid_to', 'status'].map((name) => as('NULL::VARCHAR', name)),
    ],
    `${from} WHERE u.work IS NOT NULL`,
  )
  const described = sqlJson({
    DspResourceId: 'u.dsp_id',
    AlternativeTitle: sqlJoined('u.other_title'),
    DisplayArtistISNI: 'u.artist_isni',
  })
  delivery.give('recordings', { ...place, extra: described }, recordingColumns, `${from} WHERE ${DESCRIBED}`)
  delivery.give(
    'links',
    { file: 'u.file', line: 'u.line', text: 'u.l' },
    [as(sqlDspRecording('u'), 'recording_id'), as(sqlReferenced('w.id', 'u.work'), 'work_id'), ...LINK_REST],
    `${from} WHERE ${DESCRIBED} AND u.work IS NOT NULL`,
  )
}

/** Gives the unmatched recordings: recordings without links. */
export function giveUnmatched(delivery: Delivery): void {
  const extra = sqlJson({
    unmatched: `'true'`,
    ResourceType: 'u.kind',
    DspResourceId: 'u.dsp_id',
    LanguageAndScriptCode: 'u.language',
    AlternativeTitle: sqlJoined('u.other_title'),
    DisplayArtistISNI: 'u.artist_isni',
    OriginalDataProviderName: 'u.provider',
    OriginalDataProviderDPID: 'u.provider_dpid',
    IsDataProvidedAsReceived: 'u.as_received',
  })
  delivery.give(
    'recordings',
    { ...place, extra: sqlJsonMerged(extra, 'u.unknown') },
    recordingColumns,
    `FROM ${delivery.view('unmatched')} AS u`,
  )
}
