/** The files of a MusicBrainz dump as tables of the staging database (PostgreSQL COPY text format). */
import { InputError } from '../../errors.js'
import { endsWithLineEnd } from '../files/facts.js'
import { as, type DeliveredFile, firstLines, loadLines, note, noteCount } from '../set-based.js'
import type { StagedFile, Staging } from '../staging.js'
import { REJECT_TEXT_LIMIT } from '../typing.js'
import { columnsOf, MUSICBRAINZ_TABLES, type MusicBrainzTableName, tableNamed } from './tables.js'

/** COPY escapes but for the backslash itself, which stands aside as a mark while they are replaced. */
const ESCAPES: Readonly<Record<string, number>> = { b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }

/** SQL for the text of a COPY cell: `\N` and the empty text are NULL, backslash escapes are undone. */
const sqlCopyCell = (position: number): string => {
  const cell = `c[${position + 1}]`
  const marked = `replace(replace(${cell}, chr(28), chr(28) || '0'), '\\\\', chr(28) || '1')`
  const read = Object.entries(ESCAPES).reduce(
    (text, [letter, code]) => `replace(${text}, '\\${letter}', chr(${code}))`,
    marked,
  )
  const undone = `replace(replace(${read}, chr(28) || '1', '\\'), chr(28) || '0', chr(28))`
  return `CASE WHEN ${cell} IN ('', '\\N') THEN NULL WHEN contains(${cell}, '\\') THEN ${undone} ELSE ${cell} END`
}

/** The line that ends COPY data in older dumps. */
const END_OF_DATA = `'\\.'`

interface LoadedTable {
  readonly file: StagedFile
  readonly lines: string
  readonly columns: readonly string[]
}

const splitLines = (lines: string): string =>
  `SELECT rowid + 1 AS line, l, CASE WHEN l <> '' AND l <> ${END_OF_DATA} THEN string_split(l, chr(9)) END AS c FROM ${lines}`

/** The tables of a dump, each as a view: file, line, l and its columns; empty where the dump has none. */
export class Dump {
  private constructor(
    readonly staging: Staging,
    private readonly views: ReadonlyMap<MusicBrainzTableName, string>,
    private readonly files: ReadonlyMap<MusicBrainzTableName, StagedFile>,
  ) {}

  /** Loads the files that are tables. Throws InputError `unknown-layout`, and as `stageLines` does. */
  static async load(
    staging: Staging,
    delivered: readonly DeliveredFile[],
    signal?: AbortSignal | undefined,
  ): Promise<Dump> {
    const loaded = new Map<MusicBrainzTableName, LoadedTable[]>()
    for (const one of delivered) {
      const name = tableNamed(one.file.source.name)
      if (name === null) continue
      const table = await loadTable(staging, one, name, signal)
      loaded.set(name, [...(loaded.get(name) ?? []), table])
    }
    const views = new Map<MusicBrainzTableName, string>()
    for (const name of Object.keys(MUSICBRAINZ_TABLES) as MusicBrainzTableName[]) {
      const view = staging.freshTable(`musicbrainz ${name}`)
      await staging.db.run(`CREATE TEMP VIEW ${view} AS ${viewSelect(name, loaded.get(name) ?? [])}`)
      views.set(name, view)
    }
    const files = [...loaded].flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first.file] as const]))
    return new Dump(staging, views, new Map(files))
  }

  view(name: MusicBrainzTableName): string {
    return this.views.get(name) ?? ''
  }

  has(name: MusicBrainzTableName): boolean {
    return this.files.has(name)
  }

  /** Notes how many rows of a SELECT (line, value) there are, with the first as an example; nothing when none. */
  async noteCount(
    name: MusicBrainzTableName,
    code: string,
    column: string,
    select: string,
    message: string,
  ): Promise<void> {
    await noteCount(this.staging, this.files.get(name), { code, column, message }, select)
  }
}

async function loadTable(
  staging: Staging,
  one: DeliveredFile,
  name: MusicBrainzTableName,
  signal: AbortSignal | undefined,
): Promise<LoadedTable> {
  const { file, facts } = one
  const sample = (await firstLines(one)).filter((line) => line !== '\\.')
  const columns = sample.length === 0 ? MUSICBRAINZ_TABLES[name][0] : columnsOf(name, sample)
  if (columns == null) {
    const known = MUSICBRAINZ_TABLES[name].map((list) => list.length).join(' or ')
    const seen = sample[0]?.split('\t').length ?? 0
    throw new InputError(
      `${file.source.name} does not have the columns of the MusicBrainz table ${name}: ${seen} cells, ${known} of certain shapes were expected.`,
      { code: 'unknown-layout', file: file.source.name, excerpt: sample[0]?.slice(0, 200) ?? '' },
    )
  }
  const { table: lines, overlong } = await loadLines(staging, one, signal)
  const expected = columns.length
  const [counts] = await staging.db.rows(
    `SELECT count(*) AS lines, count(*) FILTER (WHERE coalesce(l, '') = '') AS blank,
       count(*) FILTER (WHERE l = ${END_OF_DATA}) AS ends, count(*) FILTER (WHERE len(c) <> ${expected}) AS misfits
     FROM (${splitLines(lines)})`,
  )
  const [blank, header] = [Number(counts?.blank) - overlong, Number(counts?.ends)]
  const misfits = Number(counts?.misfits)
  const rejected = misfits + overlong
  file.tally = { header, staged: Number(counts?.lines) - blank - header - rejected, rejected, continued: 0, blank }
  if (misfits > 0) {
    await staging.rejectFrom(
      `SELECT ${file.index}, line, 'the line has ' || len(c) || ' cells, ${expected} were expected', NULL, NULL,
         left(l, ${REJECT_TEXT_LIMIT}) FROM (${splitLines(lines)}) WHERE len(c) <> ${expected}`,
    )
  }
  if (facts.bytes > 0 && !endsWithLineEnd(facts)) {
    file.partial = true
    note(staging, file, {
      code: 'cut-last-line',
      line: file.lines,
      message: 'no line end at the end: the last line may be cut',
    })
  }
  return { file, lines, columns }
}

function viewSelect(name: MusicBrainzTableName, loaded: readonly LoadedTable[]): string {
  const all = [...new Set(MUSICBRAINZ_TABLES[name].flat())]
  if (loaded.length === 0) {
    const columns = all.map((column) => as('NULL::VARCHAR', column)).join(', ')
    return `SELECT 0 AS file, 0::BIGINT AS line, NULL::VARCHAR AS l, ${columns} WHERE false`
  }
  const parts = loaded.map(({ file, lines, columns }) => {
    const cells = all.map((column) => {
      const position = columns.indexOf(column)
      return as(position < 0 ? 'NULL::VARCHAR' : sqlCopyCell(position), column)
    })
    return `SELECT ${file.index}::INTEGER AS file, line, l, ${cells.join(', ')} FROM (${splitLines(lines)}) WHERE len(c) = ${columns.length}`
  })
  return parts.join(' UNION ALL ')
}
