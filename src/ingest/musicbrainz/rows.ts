/**
 * Given rows from the tables of a MusicBrainz dump. Ids are the MBIDs (`gid`), which MusicBrainz keeps for good. The data
 * is crowd-sourced: it corroborates, it proves nothing, and it states no shares.
 */
import type { RelationName } from '../../model/relations.js'
import { as, sqlJson, sqlReferenced, sqlSortedText } from '../set-based.js'
import type { Dump } from './dump.js'

/** Link type "performance" of recordings and works. */
const PERFORMANCE = '278'
/** Link types of artists and works that make the artist a writer: lyricist, writer, composer. */
const WRITING = `('165', '167', '168')`

function give(
  dump: Dump,
  relation: RelationName,
  table: string,
  extra: string,
  columns: Readonly<Record<string, string>>,
  from: string,
): void {
  const values = Object.entries(columns).map(([name, value]) => as(value, name))
  dump.staging.give(
    relation,
    `SELECT ${table}.file, ${table}.line, NULL::VARCHAR AS unit, NULL::VARCHAR AS spoken, NULL::VARCHAR AS op,
       NULL::VARCHAR AS raw, ${extra} AS extra, NULL::VARCHAR AS reject, ${table}.l AS reject_text, ${values.join(', ')} ${from}`,
  )
}

const NONE = 'NULL::VARCHAR'

/** The names under which artists are credited, one per artist credit: from artist_credit, else put together from its parts. */
const sqlCredits = (dump: Dump): string =>
  dump.has('artist_credit')
    ? `SELECT id, any_value(name) AS name FROM ${dump.view('artist_credit')} GROUP BY id`
    : `SELECT artist_credit AS id, string_agg(name || coalesce(join_phrase, ''), '' ORDER BY TRY_CAST(position AS INTEGER)) AS name
       FROM ${dump.view('artist_credit_name')} GROUP BY artist_credit`

/**
 * One release per recording: the one entered first (smallest id), with its title, barcode and labels, and the number of releases
 * that have the recording.
 */
const sqlReleases = (dump: Dump): string => `
  SELECT recording, count(*) AS releases, arg_min(title, id) AS title, arg_min(barcode, id) AS barcode, arg_min(labels, id) AS labels
  FROM (
    SELECT DISTINCT t.recording, TRY_CAST(r.id AS BIGINT) AS id, r.name AS title, coalesce(r.barcode, '') AS barcode,
      coalesce(b.labels, '') AS labels
    FROM ${dump.view('track')} AS t JOIN ${dump.view('medium')} AS m ON m.id = t.medium
    JOIN ${dump.view('release')} AS r ON r.id = m.release
    LEFT JOIN (
      SELECT x.release, ${sqlSortedText('list(y.name)')} AS labels
      FROM ${dump.view('release_label')} AS x JOIN ${dump.view('label')} AS y ON y.id = x.label GROUP BY x.release
    ) AS b ON b.release = r.id
  ) GROUP BY recording`

/** Gives recordings: one per row of `recording`. Length is in milliseconds; a recording may have several ISRCs. */
export function giveRecordings(dump: Dump): void {
  const extra = sqlJson({
    comment: 'r.comment',
    video: `CASE WHEN r.video = 't' THEN 'true' END`,
    releases: `CASE WHEN e.releases > 1 THEN e.releases::VARCHAR END`,
    // A length that is no whole number costs the length, not the recording.
    length: `CASE WHEN NOT regexp_full_match(r.length, '[0-9]{1,18}') THEN r.length END`,
  })
  give(
    dump,
    'recordings',
    'r',
    extra,
    {
      recording_id: 'r.gid',
      title: 'r.name',
      isrc: 'i.isrcs',
      version: NONE,
      artist: 'a.name',
      duration_ms: `CASE WHEN regexp_full_match(r.length, '[0-9]{1,18}') THEN r.length END`,
      label: `nullif(e.labels, '')`,
      release_title: 'e.title',
      upc: `nullif(e.barcode, '')`,
      release_date: NONE,
    },
    `FROM ${dump.view('recording')} AS r LEFT JOIN (${sqlCredits(dump)}) AS a ON a.id = r.artist_credit
     LEFT JOIN (SELECT recording, ${sqlSortedText('list(isrc)')} AS isrcs FROM ${dump.view('isrc')} GROUP BY recording) AS i
       ON i.recording = r.id
     LEFT JOIN (${sqlReleases(dump)}) AS e ON e.recording = r.id`,
  )
}

/** Artists linked to works: work, artist, and whether as a writer (NULL where the dump does not say). */
const sqlArtistWorks = (dump: Dump): string => `
  SELECT w.line, w.entity0 AS artist, w.entity1 AS work, k.link_type IN ${WRITING} AS writes
  FROM ${dump.view('l_artist_work')} AS w LEFT JOIN (${sqlLinks(dump)}) AS k ON k.id = w.link`

const sqlLinks = (dump: Dump): string => `SELECT id, any_value(link_type) AS link_type,
  any_value(${sqlPartialDate('begin')}) AS begin_date, any_value(${sqlPartialDate('end')}) AS end_date
  FROM ${dump.view('link')} GROUP BY id`

/** SQL for a date of which day, or day and month, may be unknown: `2001-05-03`, `2001-05`, `2001`. */
const sqlPartialDate = (part: string): string => {
  const [year, month, day] = ['year', 'month', 'day'].map((unit) => `${part}_date_${unit}`)
  return `lpad(${year}, 4, '0') || CASE WHEN ${month} IS NULL THEN '' ELSE '-' || lpad(${month}, 2, '0')
    || CASE WHEN ${day} IS NULL THEN '' ELSE '-' || lpad(${day}, 2, '0') END END`
}

/** Gives works: one per row of `work`, with the MBIDs of their writers beside them. */
export function giveWorks(dump: Dump): void {
  give(
    dump,
    'works',
    'w',
    sqlJson({ comment: 'w.comment', type: 'w.type', writers: 'p.writers' }),
    { work_id: 'w.gid', title: 'w.name', iswc: 'i.iswcs', alternate_titles: NONE },
    `FROM ${dump.view('work')} AS w
     LEFT JOIN (SELECT work, ${sqlSortedText('list(iswc)')} AS iswcs FROM ${dump.view('iswc')} GROUP BY work) AS i ON i.work = w.id
     LEFT JOIN (
       SELECT x.work, ${sqlSortedText('list(a.gid)')} AS writers FROM (${sqlArtistWorks(dump)}) AS x
       JOIN ${dump.view('artist')} AS a ON a.id = x.artist WHERE x.writes GROUP BY x.work
     ) AS p ON p.work = w.id`,
  )
}

/**
 * Gives links: the relationships of type "performance"; other types (and none other exist between recordings and works in
 * current dumps) are noted and give no row. The dates of a relationship say when the work was performed, not how long
 * the link holds, so they stay beside the row.
 */
export async function giveLinks(dump: Dump): Promise<void> {
  const links = `(${sqlLinks(dump)})`
  const performed = `k.link_type IS NULL OR k.link_type = '${PERFORMANCE}'`
  give(
    dump,
    'links',
    'l',
    sqlJson({
      performed_from: 'k.begin_date',
      performed_to: 'k.end_date',
      link_type: `CASE WHEN k.link_type IS NULL THEN 'unknown' END`,
    }),
    {
      recording_id: sqlReferenced('r.gid', 'l.entity0'),
      work_id: sqlReferenced('w.gid', 'l.entity1'),
      weight: NONE,
      duration_ms: NONE,
      valid_from: NONE,
      valid_to: NONE,
    },
    `FROM ${dump.view('l_recording_work')} AS l
     LEFT JOIN (SELECT id, any_value(gid) AS gid FROM ${dump.view('recording')} GROUP BY id) AS r ON r.id = l.entity0
     LEFT JOIN (SELECT id, any_value(gid) AS gid FROM ${dump.view('work')} GROUP BY id) AS w ON w.id = l.entity1
     LEFT JOIN ${links} AS k ON k.id = l.link WHERE ${performed}`,
  )
  const view = dump.view('l_recording_work')
  await dump.noteCount(
    'l_recording_work',
    'other-link-type',
    'link',
    `SELECT l.line, k.link_type AS value FROM ${view} AS l JOIN ${links} AS k ON k.id = l.link WHERE NOT (${performed})`,
    'a relationship other than performance: gives no link',
  )
  for (const [column, table] of [
    ['entity0', 'recording'],
    ['entity1', 'work'],
    ['link', 'link'],
  ] as const) {
    if (table === 'link' && !dump.has('link')) continue
    await dump.noteCount(
      'l_recording_work',
      'unresolved-reference',
      column,
      `SELECT line, ${column} AS value FROM ${view} AS l WHERE NOT EXISTS (SELECT 1 FROM ${dump.view(table)} AS t WHERE t.id = l.${column})`,
      `refers to a ${table} that this dump does not have: kept`,
    )
  }
}

/**
 * Gives parties: the artists that have an IPI name number or an ISNI, or are linked to a work; the kind is writer where the
 * relationship says so. Several numbers of one artist are joined by a pipe.
 */
export function giveParties(dump: Dump): void {
  give(
    dump,
    'parties',
    'a',
    sqlJson({ sort_name: `CASE WHEN a.sort_name <> a.name THEN a.sort_name END`, comment: 'a.comment' }),
    {
      party_id: 'a.gid',
      name: 'a.name',
      ipi_name_number: 'i.ipis',
      ipi_base_number: NONE,
      isni: 'n.isnis',
      group_id: NONE,
      kind: `CASE WHEN w.writes THEN 'writer' END`,
    },
    `FROM ${dump.view('artist')} AS a
     LEFT JOIN (SELECT artist, ${sqlSortedText('list(ipi)')} AS ipis FROM ${dump.view('artist_ipi')} GROUP BY artist) AS i ON i.artist = a.id
     LEFT JOIN (SELECT artist, ${sqlSortedText('list(isni)')} AS isnis FROM ${dump.view('artist_isni')} GROUP BY artist) AS n ON n.artist = a.id
     LEFT JOIN (SELECT artist, bool_or(writes) AS writes FROM (${sqlArtistWorks(dump)}) GROUP BY artist) AS w ON w.artist = a.id
     WHERE i.artist IS NOT NULL OR n.artist IS NOT NULL OR w.artist IS NOT NULL`,
  )
}
