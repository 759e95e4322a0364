/**
 * The files of a BWARM delivery as tables of the staging database: lines loaded, cells counted, misfits rejected,
 * every line tallied, and one view per BWARM table over the lines that fit.
 */
import { InputError } from '../../errors.js'
import type { Finding } from '../reader.js'
import { as, type DeliveredFile, firstLines, loadLines, noteCount, sqlJson } from '../set-based.js'
import type { StagedFile, Staging } from '../staging.js'
import { REJECT_TEXT_LIMIT } from '../typing.js'
import { sqlCell, sqlHasEscapes, sqlMarked } from './cells.js'
import { type FileLayout, findLayout, type LayoutHints } from './layout.js'
import { BWARM_TABLES, type BwarmTable, type BwarmTableName } from './tables.js'

/** A delivered file of a known table with its lines in the staging database. */
export interface LoadedFile extends DeliveredFile {
  readonly layout: FileLayout
  /** Temporary table of physical lines. */
  readonly lines: string
  readonly hasEscapes: boolean
}

/** Loads one file, rejects the lines with a wrong number of cells and tallies all of them; null for an unknown file. */
export async function loadFile(
  staging: Staging,
  delivered: DeliveredFile,
  hints: LayoutHints,
  signal: AbortSignal | undefined,
): Promise<LoadedFile | null> {
  const { file } = delivered
  const found = findLayout(await firstLines(delivered), hints)
  if (found.kind === 'unusable') {
    const known = found.table.layouts.map(({ cells }) => cells.length).join(' or ')
    throw new InputError(
      `${file.source.name} holds the table ${found.table.types[0]}, but its columns are not those of BWARM: ` +
        `${found.seen}; ${known} cells were expected.`,
      { code: 'unknown-layout', file: file.source.name, excerpt: found.seen },
    )
  }
  if (found.kind === 'unknown') return null
  const { table: lines, overlong } = await loadLines(staging, delivered, signal)
  const { layout } = found
  const split = splitLines(lines, layout.headerLines)
  const expected = layout.cells.length
  const [counts] = await staging.db.rows(
    `SELECT count(*) AS lines, count(*) FILTER (WHERE c IS NULL) AS blank,
       count(*) FILTER (WHERE len(c) <> ${expected}) AS misfits, count(*) FILTER (WHERE ${sqlHasEscapes('l')}) AS escapes
     FROM (${split})`,
  )
  const [records, blank, misfits] = [Number(counts?.lines), Number(counts?.blank) - overlong, Number(counts?.misfits)]
  const rejected = misfits + overlong
  file.tally = { header: layout.headerLines, staged: records - blank - rejected, rejected, continued: 0, blank }
  if (misfits > 0) {
    await staging.rejectFrom(
      `SELECT ${file.index}, line, 'the line has ' || len(c) || ' cells, ${expected} were expected', NULL, NULL,
         left(l, ${REJECT_TEXT_LIMIT}) FROM (${split}) WHERE len(c) <> ${expected}`,
    )
  }
  return { ...delivered, layout, lines, hasEscapes: Number(counts?.escapes) > 0 }
}

/** The records of a table of lines: line number, `l` as it stood, and the list of its cells, NULL for a blank line. */
const splitLines = (lines: string, headerLines: number): string =>
  `SELECT rowid + 1 AS line, l, CASE WHEN l <> '' THEN string_split(${sqlMarked('l')}, chr(9)) END AS c
   FROM ${lines} WHERE rowid >= ${headerLines}`

/** Names of unknown columns that speak of how to reach a person; such cells stay in the archive only. */
const PERSONAL = /contact|mail|phone|fax|address/i

/** SELECT that names the cells of one file: file, line, l, every cell of the table, and `unknown` (JSON text). */
function namedCells({ file, lines, layout }: LoadedFile): string {
  const { table } = layout
  const cells = Object.keys(table.cells).map((cell) => {
    const position = layout.cells.indexOf(cell)
    const unmark = !table.multiple.includes(cell)
    return as(position < 0 ? 'NULL::VARCHAR' : sqlCell(position, unmark), cell)
  })
  const unknown = [...layout.unknown].filter(([, name]) => table.name !== 'parties' || !PERSONAL.test(name))
  const extra = sqlJson(Object.fromEntries(unknown.map(([position, name]) => [name, sqlCell(position, true)])))
  return `SELECT ${file.index}::INTEGER AS file, line, l, ${cells.join(', ')}, ${as(extra, 'unknown')}
    FROM (${splitLines(lines, layout.headerLines)}) WHERE len(c) = ${layout.cells.length}`
}

/** SELECT without rows and with the columns of `namedCells`, for a table that the delivery does not have. */
const noRows = (table: BwarmTable): string => {
  const cells = Object.keys(table.cells).map((cell) => as('NULL::VARCHAR', cell))
  return `SELECT 0 AS file, 0::BIGINT AS line, NULL::VARCHAR AS l, ${cells.join(', ')}, NULL::VARCHAR AS unknown WHERE false`
}

/** The tables of a delivery, each as a view: file, line, l, its cells and `unknown`; empty where it has none. */
export class Delivery {
  private constructor(
    readonly staging: Staging,
    private readonly views: ReadonlyMap<BwarmTableName, string>,
    private readonly files: readonly LoadedFile[],
  ) {}

  static async create(staging: Staging, files: readonly LoadedFile[]): Promise<Delivery> {
    const views = new Map<BwarmTableName, string>()
    for (const table of BWARM_TABLES) {
      const view = staging.freshTable(`bwarm ${table.name}`)
      const parts = files.filter(({ layout }) => layout.table.name === table.name).map(namedCells)
      await staging.db.run(
        `CREATE TEMP VIEW ${view} AS ${parts.length === 0 ? noRows(table) : parts.join(' UNION ALL ')}`,
      )
      views.set(table.name, view)
    }
    return new Delivery(staging, views, files)
  }

  /** The view of a table, for SQL. */
  view(name: BwarmTableName): string {
    return this.views.get(name) ?? ''
  }

  has(name: BwarmTableName): boolean {
    return this.fileOf(name) !== undefined
  }

  /** The first file of a table. */
  fileOf(name: BwarmTableName): StagedFile | undefined {
    return this.files.find(({ layout }) => layout.table.name === name)?.file
  }

  /** Creates a temporary table from a SELECT and returns its name. */
  async table(stem: string, select: string): Promise<string> {
    const name = this.staging.freshTable(stem)
    await this.staging.db.run(`CREATE TEMP TABLE ${name} AS ${select}`)
    return name
  }

  /** Adds given rows that have no unit, no time of their own and are not refused by the reader. */
  give(relation: Parameters<Staging['give']>[0], places: GivenPlaces, columns: readonly string[], from: string): void {
    const { file, line, raw = 'NULL::VARCHAR', extra = 'NULL::VARCHAR', text } = places
    this.staging.give(
      relation,
      `SELECT ${file}::INTEGER AS file, ${line}::BIGINT AS line, NULL::VARCHAR AS unit, NULL::VARCHAR AS spoken,
         NULL::VARCHAR AS op, ${raw} AS raw, ${extra} AS extra, NULL::VARCHAR AS reject, ${text} AS reject_text,
         ${columns.join(', ')} ${from}`,
    )
  }

  /** Notes how many rows of a SELECT (line, value) there are, about a table; nothing when none. */
  async noteCount(
    name: BwarmTableName,
    code: string,
    select: string,
    message: string,
    more: Partial<Finding> = {},
  ): Promise<void> {
    await noteCount(this.staging, this.fileOf(name), { code, message, ...more }, select)
  }

  /** Notes the references of a cell to records that the feed does not have. */
  async noteUnresolved(name: BwarmTableName, cell: string, records: string, what: string): Promise<void> {
    await this.noteCount(
      name,
      'unresolved-reference',
      `SELECT line, ${cell} AS value FROM ${this.view(name)} AS t
       WHERE ${cell} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${records} AS m WHERE m.record = t.${cell})`,
      `refers to a ${what} that this feed does not have: kept as record:<id>`,
      { column: cell },
    )
  }
}

export interface GivenPlaces {
  readonly file: string
  readonly line: string
  readonly raw?: string
  readonly extra?: string
  /** The raw line. */
  readonly text: string
}
