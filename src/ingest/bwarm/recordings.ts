/**
 * Recordings (BWARM 2.x: resources): who they are between deliveries, and their rows and links.
 *
 * A recording is known by its valid ISRC; else by a proprietary number, `<allocating party>:<number>` or
 * `namespace::number` (the sender's first); else by a
 * hash of title, artist and duration. Records that share such an id but are linked to different works are rival readings
 * and stay apart: `#` and a hash of the works they are linked to.
 */
import { as, sqlJson, sqlReferenced, sqlSortedText } from '../set-based.js'
import { sqlComparable, sqlJoined, sqlJsonMerged, sqlMilliseconds } from './cells.js'
import type { Delivery } from './delivery.js'
import { sqlIdentifier } from './identifiers.js'
import { type PartyTables, recordMap, sqlNumbers } from './parties.js'
import { type RecordTables, sqlTitles } from './works.js'

/** SQL for the hash by which a recording without any identifier is known. */
export const sqlRecordingHash = (table: string): string =>
  `'hash:' || md5(row(${sqlComparable(`${table}.title`)}, ${sqlComparable(`${table}.artist`)},
    coalesce(${sqlMilliseconds(`${table}.duration`)}, ${table}.duration))::VARCHAR)`

/** Works out the natural id of every recording. */
export async function identifyRecordings(
  delivery: Delivery,
  works: RecordTables,
  parties: PartyTables,
): Promise<RecordTables> {
  const number = `coalesce(n.own, regexp_extract(n.numbers, '^[^|]+'))`
  // A number that names its own namespace needs no allocating party in front.
  const own = `CASE WHEN contains(${number}, '::') THEN regexp_replace(${number}, '^[^|]*:([^:|]+::)', '\\1') ELSE ${number} END`
  const based = await delivery.table(
    'recording bases',
    `SELECT r.file, r.line, r.record,
       coalesce(${sqlIdentifier('isrc', 'r.isrc')}, nullif(${own}, ''), ${sqlRecordingHash('r')}) AS base
     FROM ${delivery.view('recordings')} AS r
     LEFT JOIN (${sqlNumbers(delivery, 'recordingIdentifiers', 'recording', parties)}) AS n ON n.record = r.record`,
  )
  const linked = await delivery.table(
    'rival recordings',
    `SELECT b.record, any_value(b.base) AS base, md5(${sqlSortedText(`list(${sqlReferenced('w.id', 'l.work')})`)}) AS works
     FROM ${based} AS b JOIN ${delivery.view('links')} AS l ON l.recording = b.record
     LEFT JOIN ${works.byRecord} AS w ON w.record = l.work
     WHERE b.base IN (SELECT base FROM ${based} GROUP BY base HAVING count(*) > 1) GROUP BY b.record`,
  )
  const rows = await delivery.table(
    'recording ids',
    `SELECT b.file, b.line, b.record,
       CASE WHEN v.rivals > 1 AND l.works IS NOT NULL THEN b.base || '#' || left(l.works, 8) ELSE b.base END AS id
     FROM ${based} AS b LEFT JOIN ${linked} AS l ON l.record = b.record
     LEFT JOIN (SELECT base, count(DISTINCT works) AS rivals FROM ${linked} GROUP BY base) AS v ON v.base = b.base`,
  )
  return { rows, byRecord: await recordMap(delivery, 'recordings', rows) }
}

/** SELECT of releases, one per record id: record, and `r` with title, icpn, label, date and what goes to extra. */
const sqlReleases = (delivery: Delivery): string => {
  const parts = {
    title: 'title',
    icpn: sqlJoined('icpn'),
    label: sqlJoined('label'),
    date: 'date',
    subtitle: 'subtitle',
    artist: 'artist',
    distributor: sqlJoined('distributor'),
  }
  const members = Object.entries(parts).map(([name, value]) => `'${name}': ${value}`)
  return `SELECT record, min({${members.join(', ')}}) AS r FROM ${delivery.view('releases')} WHERE record IS NOT NULL GROUP BY record`
}

/** A release date that the evidence can hold; others are kept as they stand beside the recording. */
const RELEASE_DATE = '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?'
const sqlReleaseDate = (date: string): string =>
  `CASE WHEN regexp_full_match(${date}, '${RELEASE_DATE}')
    AND TRY_CAST(${date} || CASE length(${date}) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END AS DATE) IS NOT NULL
    THEN ${date} END`

/** Gives the rows of `recordings` that the table of recordings states. */
export function giveRecordings(delivery: Delivery, recordings: RecordTables, parties: PartyTables): void {
  const date = sqlReleaseDate('e.r.date')
  const extra = sqlJson({
    ResourceType: 'r.kind',
    LanguageAndScriptCode: 'r.language',
    DisplayArtistISNI: 'r.artist_isni',
    PLine: sqlJoined('r.p_line'),
    CLine: sqlJoined('r.c_line'),
    StudioProducerName: sqlJoined('r.producer'),
    StudioProducerProprietaryId: sqlJoined('r.producer_id'),
    OriginalDataProviderName: 'r.provider',
    OriginalDataProviderDPID: 'r.provider_dpid',
    IsDataProvidedAsReceived: 'r.as_received',
    Identifiers: 'n.numbers',
    AlternativeTitle: 't.titles',
    AlternativeTitleType: 't.types',
    ReleaseSubTitle: 'e.r.subtitle',
    ReleaseDisplayArtistName: 'e.r.artist',
    DistributorName: 'e.r.distributor',
  })
  delivery.give(
    'recordings',
    {
      file: 'r.file',
      line: 'r.line',
      raw: sqlJson({
        duration_ms: 'r.duration',
        release_date: `CASE WHEN ${date} IS NULL THEN e.r.date END`,
      }),
      extra: sqlJsonMerged(extra, 'r.unknown'),
      text: 'r.l',
    },
    [
      as('i.id', 'recording_id'),
      as('r.title', 'title'),
      as('r.isrc', 'isrc'),
      as('r.subtitle', 'version'),
      as('r.artist', 'artist'),
      as(sqlMilliseconds('r.duration'), 'duration_ms'),
      as('e.r.label', 'label'),
      as('e.r.title', 'release_title'),
      as('e.r.icpn', 'upc'),
      as(date, 'release_date'),
    ],
    `FROM ${delivery.view('recordings')} AS r JOIN ${recordings.rows} AS i USING (file, line)
     LEFT JOIN (${sqlReleases(delivery)}) AS e ON e.record = r.release
     LEFT JOIN (${sqlNumbers(delivery, 'recordingIdentifiers', 'recording', parties)}) AS n ON n.record = r.record
     LEFT JOIN (${sqlTitles(delivery, 'recordingTitles', 'recording')}) AS t ON t.record = r.record`,
  )
}

/** Gives the rows of `links` that the table of links states. */
export function giveLinks(delivery: Delivery, works: RecordTables, recordings: RecordTables): void {
  delivery.give(
    'links',
    { file: 'l.file', line: 'l.line', extra: 'l.unknown', text: 'l.l' },
    [
      as(sqlReferenced('r.id', 'l.recording'), 'recording_id'),
      as(sqlReferenced('w.id', 'l.work'), 'work_id'),
      ...LINK_REST,
    ],
    `FROM ${delivery.view('links')} AS l LEFT JOIN ${works.byRecord} AS w ON w.record = l.work
     LEFT JOIN ${recordings.byRecord} AS r ON r.record = l.recording`,
  )
}

/** The columns of a link that BWARM does not state. */
export const LINK_REST = ['weight', 'duration_ms', 'valid_from', 'valid_to'].map((name) => as('NULL::VARCHAR', name))
