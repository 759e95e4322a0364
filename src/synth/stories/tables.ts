/** The stories of a plan as SQL: the rows of the tables in `story_tables.sql`. */
import { literal } from '../../store/columns.js'
import type { PlacedStory } from '../plan/sizes.js'
import type { Standing, Story, TruthRow, When } from './story.js'

type Cell = string | number | boolean | null | undefined
type Cells = Readonly<Record<string, Cell>>

/** A date as it is written, or as days from the month of the change. */
const when = (name: string, value: When | undefined): Cells => ({
  [name]: typeof value === 'string' ? value : null,
  [`${name}_shift`]: typeof value === 'number' ? value : null,
})

interface Kept<R> {
  readonly row: R
  readonly standing: Cells
}

/** Each row with whether it takes the place of one of the same key, and whether one takes its own. */
function kept<R extends Standing>(rows: readonly R[], keyOf: (row: R) => readonly unknown[]): Kept<R>[] {
  const keys = rows.map((row) => JSON.stringify(keyOf(row)))
  const hasNeighbour = (index: number, fits: (other: R) => boolean): boolean =>
    rows.some((other, at) => at !== index && keys[at] === keys[index] && fits(other))
  return rows.map((row, index) => ({
    row,
    standing: {
      since_shift: row.since,
      until_shift: row.until,
      replaces: row.since !== undefined && hasNeighbour(index, ({ until }) => until === row.since),
      is_replaced: row.until !== undefined && hasNeighbour(index, ({ since }) => since === row.until),
    },
  }))
}

/** Whose title a recording has: that of the first work it is linked to. */
function titleOf(story: Story, recording: number): number {
  const link = story.links.find((one) => one.recording === recording)
  const work = story.workRows.find((one) => one.work === link?.work)
  return work?.titleOf ?? link?.work ?? 0
}

const subjectOf = ({ subject }: TruthRow): Cells => ({
  work: 'work' in subject ? subject.work : null,
  recording: 'recording' in subject ? subject.recording : null,
  party: 'party' in subject ? subject.party : null,
  licence: 'licence' in subject ? subject.licence : null,
})

const truthCells = (row: TruthRow): Cells => ({
  conflict: row.conflict,
  role: row.role,
  ...subjectOf(row),
  feeds: row.feeds.join('|'),
  right: row.right,
  territories: row.territories,
  ...when('valid_from', row.from),
  ...when('valid_to', row.to),
  since_shift: row.since,
  until_shift: row.until,
  magnitude: row.magnitude,
  note: row.note,
})

/** Rows of each table but `stories`, in the order of its columns. */
function tablesOf(story: Story): Record<string, Cells[]> {
  const standing = <R extends Standing>(
    rows: readonly R[],
    keyOf: (row: R) => readonly unknown[],
    cells: (row: R) => Cells,
  ): Cells[] => kept(rows, keyOf).map(({ row, standing: rest }) => ({ ...cells(row), ...rest }))
  return {
    story_parties: standing(
      story.partyRows,
      ({ feed, party }) => [feed, party],
      (row) => ({
        feed: row.feed,
        party: row.party,
        name_of: row.nameOf,
        name: row.name,
        ipi: row.ipi ?? 'own',
        isni_of: row.isniOf,
        group_of: row.groupOf,
        kind: row.kind,
      }),
    ),
    story_works: standing(
      story.workRows,
      ({ feed, work }) => [feed, work],
      (row) => ({
        feed: row.feed,
        work: row.work,
        title_of: row.titleOf,
        iswc: row.iswc ?? 'own',
        iswc_of: row.iswcOf,
      }),
    ),
    story_recordings: standing(
      story.recordingRows,
      ({ feed, recording }) => [feed, recording],
      (row) => ({
        feed: row.feed,
        recording: row.recording,
        title_of: titleOf(story, row.recording),
        isrc: row.isrc ?? 'own',
        isrc_of: row.isrcOf,
        longer: row.longer ?? 0,
      }),
    ),
    story_links: standing(
      story.links,
      ({ feed, recording, work }) => [feed, recording, work],
      (row) => ({ feed: row.feed, recording: row.recording, work: row.work, weight: row.weight }),
    ),
    story_shares: standing(
      story.shares,
      (row) => [row.feed, row.work, row.party, row.role, row.chain, row.kind, row.right, row.territories, row.from],
      (row) => ({
        feed: row.feed,
        work: row.work,
        party: row.party,
        share: row.share,
        share_kind: row.kind,
        right: row.right,
        role: row.role,
        chain: row.chain,
        territories: row.territories,
        ...when('valid_from', row.from),
        ...when('valid_to', row.to),
      }),
    ),
    story_licences: standing(
      story.licences,
      ({ feed, key }) => [feed, key],
      (row) => ({
        feed: row.feed,
        key: row.key,
        right: row.right,
        coverage: row.coverage,
        party: row.party,
        territories: row.territories,
        ...when('valid_from', row.from),
        ...when('valid_to', row.to),
        signed_at: typeof row.signed === 'string' ? row.signed : null,
        repertoire: row.repertoire,
        uses: row.uses,
      }),
    ),
    story_usage: standing(
      story.usage,
      ({ recording, territory, period, use }) => [recording, territory, period, use],
      (row) => ({
        feed: 'service',
        recording: row.recording,
        territory: row.territory,
        period: row.period,
        streams: row.streams,
        use: row.use,
      }),
    ),
    story_truth: story.truth.map(truthCells),
  }
}

const placeOf = (placed: PlacedStory): Cells => ({
  story: placed.number,
  name: placed.story.name,
  instances: placed.instances,
  first_work: placed.firstWork,
  works: placed.story.works,
  first_recording: placed.firstRecording,
  recordings: placed.story.recordings,
  first_party: placed.firstParty,
  parties: placed.story.parties,
  span: placed.span,
})

const cell = (value: Cell): string =>
  value === null || value === undefined ? 'NULL' : typeof value === 'string' ? literal(value) : String(value)

const insert = (table: string, rows: readonly Cells[]): string =>
  rows.length === 0
    ? ''
    : `INSERT INTO ${table} (${Object.keys(rows[0] ?? {})
        .map((name) => `"${name}"`)
        .join(', ')}) VALUES ${rows.map((row) => `(${Object.values(row).map(cell).join(', ')})`).join(', ')};`

/** Statements that fill the story tables. */
export function storyRows(stories: readonly PlacedStory[]): string {
  const rows = new Map<string, Cells[]>([['stories', stories.map(placeOf)]])
  for (const { number, story } of stories) {
    for (const [table, cells] of Object.entries(tablesOf(story))) {
      rows.set(table, [...(rows.get(table) ?? []), ...cells.map((one) => ({ story: number, ...one }))])
    }
  }
  return [...rows].map(([table, cells]) => insert(table, cells)).join('\n')
}
