/**
 * The staging area of one delivery: given rows in, typed Parquet files out, with every line accounted for.
 *
 * Set-based readers call `lines()` and `give()`; streaming readers get a `sink()`. `finish()` types everything once,
 * writes one Parquet file per relation into the snapshot's folder and returns the rejects and tallies.
 */
import path from 'node:path'
import { InternalError } from '../errors.js'
import { RELATION_NAMES, RELATIONS, type Relation, type RelationName } from '../model/relations.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { RowAppender } from '../store/row-appender.js'
import { FindingLog } from './finding-log.js'
import type { Finding, GivenValues, LineTally, RecordSink, Reject, RowPlace, SourceFile } from './reader.js'
import { GIVEN_PLACE_COLUMNS, REJECT_TEXT_LIMIT, typedSelect } from './typing.js'

/** A file of the delivery and what became of its lines. */
export interface StagedFile {
  /** Number of the file within the delivery, from 0. */
  readonly index: number
  readonly source: SourceFile
  /** Lines (or records) counted outside the loader. */
  lines: number
  tally: LineTally
  /** The file is known to be incomplete: cut last line, manifest mismatch, missing footer. Never infers deletions. */
  partial: boolean
  /** As which relation it was read, and its own names of its columns; null for formats without. */
  columns: { readonly relation: string; readonly names: readonly string[] } | null
}

/** What `finish()` leaves in the snapshot's folder for one relation. */
export interface StagedRelation {
  readonly relation: Relation
  /** Parquet with the typed rows, one per given row; a rejected one has a `reject_reason`. */
  readonly parquet: string
}

export interface StagingOptions {
  /** Folder that receives the Parquet files; must exist and be allowed to the database. */
  readonly folder: string
  readonly endDates: 'exclusive' | 'inclusive'
  /** Begins the names of all tables, where several staging areas share a database. */
  readonly prefix?: string
}

const givenType = (column: string): 'INTEGER' | 'BIGINT' | 'VARCHAR' =>
  column === 'file' ? 'INTEGER' : column === 'line' ? 'BIGINT' : 'VARCHAR'

const rejectsTable = ({ prefix = '' }: StagingOptions): string => `${prefix}rejected_lines`
const REJECT_COLUMNS = ['file', 'line', 'reason', 'column', 'value', 'raw'] as const

/**
 * Rows of a row group of the archive: DuckDB reads each on a thread of its own, so that the fold of a relation of some
 * ten thousand rows uses all threads. The default of 122,880 leaves all but one waiting, which DuckDB does busily.
 */
const ROW_GROUP = 30_720

/** So many lines are named one by one. */
const FEW_LINES = 100

const hasEntries = (record: Readonly<Record<string, string>> | undefined): boolean =>
  record !== undefined && Object.keys(record).length > 0

export class Staging {
  readonly files: StagedFile[] = []
  readonly findings = new FindingLog()
  private readonly selects = new Map<string, string[]>()
  private readonly relations = new Map<string, Relation>()
  private readonly texts = new Map<number, string>()
  private readonly appenders = new Map<string, RowAppender>()
  private tables = 0

  private constructor(
    readonly db: Evidence,
    readonly options: StagingOptions,
    private readonly rejects: RowAppender,
  ) {}

  static async open(db: Evidence, options: StagingOptions): Promise<Staging> {
    const columns = REJECT_COLUMNS.map((name) => ({ name, type: givenType(name) }))
    return new Staging(db, options, await RowAppender.create(db, rejectsTable(options), columns))
  }

  get #rejectsTable(): string {
    return quoted(rejectsTable(this.options))
  }

  /** Registers a file of the delivery; `lines` is the count made outside any reader. */
  addFile(source: SourceFile, lines: number): StagedFile {
    const file: StagedFile = {
      index: this.files.length,
      source,
      lines,
      tally: { header: 0, staged: 0, rejected: 0, continued: 0, blank: 0 },
      partial: false,
      columns: null,
    }
    this.files.push(file)
    return file
  }

  /** A table name that is free in the staging database. */
  freshTable(stem: string): string {
    this.tables += 1
    return quoted(`${this.options.prefix ?? ''}${stem} ${this.tables}`)
  }

  /**
   * Loads the physical lines of a plain UTF-8 file into a temporary table and returns its name.
   * One row per line in file order: `l` VARCHAR (NULL or '' for a blank line); line number = rowid + 1. The file must
   * have no lone carriage return. Nothing is split or interpreted.
   */
  async lines(source: { path: string }, longestLine: number): Promise<string> {
    const table = this.freshTable('lines')
    const size = Math.max(2_097_152, longestLine + 1024)
    await this.db.run(
      `CREATE TEMP TABLE ${table} AS SELECT l FROM read_csv(${literal(source.path)}, delim = e'\\x1f\\x1e\\x1d\\x1c',
        header = false, quote = '', escape = '', comment = '', auto_detect = false, compression = 'none', columns = {'l': 'VARCHAR'},
        max_line_size = ${size}, buffer_size = ${2 * size})`,
    )
    return table
  }

  /** Adds given rows of a relation as a SELECT over tables of this staging database (see `GIVEN_PLACE_COLUMNS`). */
  give(relation: RelationName | Relation, select: string): void {
    const spec = typeof relation === 'string' ? RELATIONS[relation] : relation
    this.relations.set(spec.name, spec)
    const selects = this.selects.get(spec.name) ?? []
    selects.push(select)
    this.selects.set(spec.name, selects)
  }

  /**
   * Where the raw texts of a file's lines are to be had (SELECT of `line` and `text`) that its given rows leave out: they
   * are worked out for rejected lines only.
   */
  textsOf(file: StagedFile, select: string): void {
    this.texts.set(file.index, select)
  }

  /** Says that a relation is present although it may have no row (header only = empty). */
  declare(relation: RelationName | Relation): void {
    const spec = typeof relation === 'string' ? RELATIONS[relation] : relation
    this.relations.set(spec.name, spec)
    if (!this.selects.has(spec.name)) this.selects.set(spec.name, [])
  }

  /**
   * Adds rejected lines as a SELECT over tables of this staging database: file, line, reason, column, value, raw.
   * The reader tallies them itself.
   */
  async rejectFrom(select: string): Promise<void> {
    this.rejects.flush()
    await this.db.run(`INSERT INTO ${this.#rejectsTable} ${select}`)
  }

  /** Makes the tables that sinks append to; once, before the first `sink`. */
  async openSinks(): Promise<void> {
    if (this.appenders.size === 0) for (const name of RELATION_NAMES) await this.openAppender(RELATIONS[name])
  }

  /** A sink for a streaming reader; rows go to the database in batches, findings are collected. */
  sink(file: StagedFile): RecordSink {
    return {
      row: (relation: RelationName, place: RowPlace, values: GivenValues) => {
        const appender = this.appenders.get(relation)
        if (appender === undefined) throw new InternalError(`no relation ${relation}`, { code: 'staging' })
        this.declare(relation)
        appender.append([
          file.index,
          place.line,
          place.unit ?? null,
          place.spoken ?? null,
          place.op ?? null,
          hasEntries(place.raw) ? JSON.stringify(place.raw) : null,
          hasEntries(place.extra) ? JSON.stringify(place.extra) : null,
          null,
          place.text ?? null,
          ...RELATIONS[relation].columns.map(({ name }) => values[name] ?? null),
        ])
      },
      reject: ({ line, reason, column, value, raw }: Reject) => {
        this.rejects.append([file.index, line, reason, column ?? null, value ?? null, raw.slice(0, REJECT_TEXT_LIMIT)])
      },
      note: (finding: Finding) => {
        this.findings.note(file.index, finding)
      },
    }
  }

  private async openAppender(relation: Relation): Promise<void> {
    const columns = [...GIVEN_PLACE_COLUMNS, ...relation.columns.map(({ name }) => name)]
    const table = `given ${relation.name}`
    const appender = await RowAppender.create(
      this.db,
      table,
      columns.map((name) => ({ name, type: givenType(name) })),
    )
    this.appenders.set(relation.name, appender)
  }

  /**
   * Types every given row, writes one Parquet file per relation and `rejects.parquet`, and moves the lines that typing
   * refused from `staged` to `rejected` in the tallies.
   * @returns the staged relations in order of their names
   */
  async finish(onRelation?: (relation: string) => void): Promise<StagedRelation[]> {
    for (const [name, appender] of this.appenders) {
      appender.close()
      const relation = this.relations.get(name)
      if (relation !== undefined) this.give(relation, `SELECT * FROM ${quoted(`given ${name}`)}`)
    }
    const staged: StagedRelation[] = []
    for (const relation of [...this.relations.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      onRelation?.(relation.name)
      staged.push(await this.write(relation))
    }
    await this.moveRefused(staged)
    this.rejects.close()
    const parquet = path.join(this.options.folder, 'rejects.parquet')
    await this.db.run(
      `COPY (SELECT * FROM ${this.#rejectsTable} ORDER BY file, line, reason) TO ${literal(parquet)} (FORMAT parquet)`,
    )
    return staged
  }

  private async write(relation: Relation): Promise<StagedRelation> {
    const parquet = path.join(this.options.folder, `${relation.name}.parquet`)
    const selects = this.selects.get(relation.name) ?? []
    const given = selects.length === 0 ? emptyGiven(relation) : selects.join(' UNION ALL ')
    const typed = typedSelect(relation, given, this.options.endDates)
    await this.db.run(
      `COPY (${typed}) TO ${literal(parquet)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
    )
    await this.rejectFrom(
      `SELECT file, line, reject_reason, reject_column, reject_value, reject_text FROM read_parquet(${literal(parquet)})
       WHERE reject_reason IS NOT NULL`,
    )
    return { relation, parquet }
  }

  /** A line is rejected when any of its rows was refused, and counts once, of however many relations they are. */
  private async moveRefused(staged: readonly StagedRelation[]): Promise<void> {
    if (staged.length === 0) return
    const lines = staged.map(
      ({ parquet }) => `SELECT file, line FROM read_parquet(${literal(parquet)}) WHERE reject_reason IS NOT NULL`,
    )
    const refused = await this.db.rows(
      `SELECT file, count(DISTINCT line) AS lines FROM (${lines.join(' UNION ALL ')}) GROUP BY file`,
    )
    for (const row of refused) {
      const tally = this.files[Number(row.file)]?.tally
      if (tally === undefined) throw new InternalError('a staged row names no file', { code: 'staging' })
      tally.staged -= Number(row.lines)
      tally.rejected += Number(row.lines)
      await this.addTexts(Number(row.file))
    }
  }

  private async addTexts(file: number): Promise<void> {
    const texts = this.texts.get(file)
    if (texts === undefined) return
    const lines = await this.db.rows(
      `SELECT DISTINCT line FROM ${this.#rejectsTable} WHERE file = ${file} ORDER BY line LIMIT ${FEW_LINES + 1}`,
    )
    // Told the lines, the database does not put the texts of all others together.
    const few = lines.length > FEW_LINES ? 'true' : `line IN (${lines.map(({ line }) => Number(line)).join(', ')})`
    await this.db.run(
      `UPDATE ${this.#rejectsTable} SET raw = left(t.text, ${REJECT_TEXT_LIMIT}) FROM (SELECT * FROM (${texts}) WHERE ${few}) t
       WHERE ${this.#rejectsTable}.file = ${file} AND ${this.#rejectsTable}.line = t.line`,
    )
  }
}

/** A given SELECT without rows, for a relation that is present but empty. */
function emptyGiven(relation: Relation): string {
  const columns = [...GIVEN_PLACE_COLUMNS, ...relation.columns.map(({ name }) => name)]
  return `SELECT ${columns.map((name) => `NULL::${givenType(name)} AS ${quoted(name)}`).join(', ')} WHERE false`
}
