/**
 * The tables of a MusicBrainz dump that are read: the columns of PostgreSQL COPY text in file order, newest schema first.
 * Schema 30 and before had `source` in isrc and iswc, and no `gid` in some others.
 */

export type MusicBrainzTableName =
  | 'recording'
  | 'isrc'
  | 'work'
  | 'iswc'
  | 'link'
  | 'l_recording_work'
  | 'l_artist_work'
  | 'artist_credit'
  | 'artist_credit_name'
  | 'artist'
  | 'artist_ipi'
  | 'artist_isni'
  | 'release'
  | 'release_label'
  | 'label'
  | 'medium'
  | 'track'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const dates = (part: string): string => ['year', 'month', 'day'].map((unit) => `${part}_date_${unit}`).join(' ')

const RELATIONSHIP = words(
  'id link entity0 entity1 edits_pending last_updated link_order entity0_credit entity1_credit',
)

/** Columns by table; several where schemas differ. */
export const MUSICBRAINZ_TABLES: Readonly<Record<MusicBrainzTableName, readonly (readonly string[])[]>> = {
  recording: [words('id gid name artist_credit length comment edits_pending last_updated video')],
  isrc: [words('id recording isrc edits_pending created'), words('id recording isrc source edits_pending created')],
  work: [words('id gid name type comment edits_pending last_updated')],
  iswc: [words('id work iswc edits_pending created'), words('id work iswc source edits_pending created')],
  link: [words(`id link_type ${dates('begin')} ${dates('end')} attribute_count created ended`)],
  l_recording_work: [RELATIONSHIP],
  l_artist_work: [RELATIONSHIP],
  artist_credit: [
    words('id name artist_count ref_count created edits_pending gid'),
    words('id name artist_count ref_count created edits_pending'),
    words('id name artist_count ref_count created'),
  ],
  artist_credit_name: [words('artist_credit position artist name join_phrase')],
  artist: [
    words(
      `id gid name sort_name ${dates('begin')} ${dates('end')} type area gender comment edits_pending last_updated ended
       begin_area end_area`,
    ),
  ],
  artist_ipi: [words('artist ipi edits_pending created')],
  artist_isni: [words('artist isni edits_pending created')],
  release: [
    words(
      `id gid name artist_credit release_group status packaging language script barcode comment edits_pending quality
       last_updated`,
    ),
  ],
  release_label: [words('id release label catalog_number last_updated')],
  label: [
    words(
      `id gid name ${dates('begin')} ${dates('end')} label_code type area comment edits_pending last_updated ended`,
    ),
  ],
  medium: [
    words('id release position format name edits_pending last_updated track_count gid'),
    words('id release position format name edits_pending last_updated track_count'),
  ],
  track: [
    words('id gid recording medium position number name artist_credit length edits_pending last_updated is_data_track'),
  ],
}

/** Files that tell about the dump and hold no rows. */
export const CONTROL_FILES: ReadonlySet<string> = new Set([
  'SCHEMA_SEQUENCE',
  'REPLICATION_SEQUENCE',
  'TIMESTAMP',
  'COPYING',
  'README',
])

const INTEGER = /^[0-9]+$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What the cells of some columns look like in every row. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  id: INTEGER,
  gid: UUID,
  recording: INTEGER,
  work: INTEGER,
  link: INTEGER,
  link_type: INTEGER,
  entity0: INTEGER,
  entity1: INTEGER,
  artist: INTEGER,
  artist_credit: INTEGER,
  release: INTEGER,
  medium: INTEGER,
  edits_pending: INTEGER,
  isrc: /^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$/,
  iswc: /^T-?[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]$/,
  ipi: /^[0-9]{11}$/,
  isni: /^[0-9]{15}[0-9X]$/,
}

const fits = (columns: readonly string[], line: string): boolean => {
  const cells = line.split('\t')
  return (
    cells.length === columns.length &&
    columns.every((column, index) => SHAPES[column]?.test(cells[index] ?? '') !== false)
  )
}

/** The table that a file is named after: `mbdump/recording` → recording; null for others. */
export function tableNamed(fileName: string): MusicBrainzTableName | null {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
  const stem = base.replace(/\.gz$/i, '').replace(/\.(tsv|txt|copy)$/i, '')
  return Object.hasOwn(MUSICBRAINZ_TABLES, stem) ? (stem as MusicBrainzTableName) : null
}

/** The columns that most of the lines have the shape of; null when no known columns fit at least half of them. */
export function columnsOf(table: MusicBrainzTableName, lines: readonly string[]): readonly string[] | null {
  const counted = MUSICBRAINZ_TABLES[table].map((columns) => ({
    columns,
    count: lines.filter((line) => fits(columns, line)).length,
  }))
  const best = counted.reduce((left, right) => (right.count > left.count ? right : left))
  return best.count > 0 && best.count * 2 >= lines.length ? best.columns : null
}
