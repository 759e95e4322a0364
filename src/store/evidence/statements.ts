/** Reading statements with their sources. */
import { InternalError } from '../../errors.js'
import { displayInstant } from '../../model/dates/instants.js'
import type { Relation } from '../../model/relations.js'
import { literal, quoted, relationColumns } from '../columns.js'
import type { Evidence, Row } from '../duckdb.js'
import { catalogueOf, type DeliveredFile, fileKey } from './catalogue.js'
import { sqlSubjectOf } from './hashes.js'
import { canonicalInstant, type Knowledge, sqlKnownAt } from './knowledge.js'
import { ROW, sqlPicked } from './picked.js'
import { statementsOf } from './schema.js'
import { statementId } from './statement-id.js'

/** Where a statement stands: the delivery, the file in it and the line. */
export interface Source {
  readonly feed: string
  readonly snapshot: string
  readonly file: string
  readonly line: number
  readonly sha256: string
  readonly published: string
  readonly received: string
}

/** One statement with its values by stored column. */
export interface Statement {
  /** Stable id: feed, relation, subject id and a digest of what is said; the same in every workspace. */
  readonly statement: string
  readonly relation: string
  readonly values: Readonly<Record<string, string | number | boolean | null>>
  /** Texts as they stood in the file, where normalising changed them. */
  readonly given: Readonly<Record<string, string>>
  readonly extra: Readonly<Record<string, unknown>>
  /** Half-open; `to` null while it stands. `effective` false: it arrived late and was believed at no instant. */
  readonly known: { readonly from: string; readonly to: string | null; readonly effective: boolean }
  readonly source: Source
}

/** How many statements one question reads of a relation at most. */
export const STATEMENT_LIMIT = 1000

const parsed = (json: unknown): Record<string, string> => (typeof json === 'string' ? JSON.parse(json) : {})

const shownInstant = (value: unknown): string => displayInstant(canonicalInstant(value))
const instantOrNull = (value: unknown): string | null => (value == null ? null : shownInstant(value))

/** An exact number without the zeros that only fill its scale: 40.0000000000 is 40. */
const withoutScale = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

function shownValue(value: Row[string] | undefined, type: string): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'object') return JSON.stringify(value)
  return type.startsWith('DECIMAL') ? withoutScale(String(value)) : value
}

/** SQL for a subject by the number that a query gave; hashes never leave SQL but as this. */
export const subjectByNumber = (number: string): string => `${number}::UBIGINT`

/** SQL for the subject of a row by its ids, as whoever knows the ids writes it. */
const subjectById = (relation: Relation, feed: string, row: Row): string =>
  sqlSubjectOf(
    relation,
    literal(feed),
    relation.subject.columns.map((name) => literal(String(row[name]))),
  )

export interface StatementQuery {
  readonly relation: Relation
  /** SQL expressions of type UBIGINT; sorting prunes what is read. */
  readonly subjects: readonly string[]
  readonly limit?: number
  /** Only statements with one of these texts in a column. */
  readonly among?: { readonly column: string; readonly texts: readonly string[] }
}

/** Text columns only. */
const isAmong = ({ column, texts }: NonNullable<StatementQuery['among']>): string =>
  texts.length === 0 ? 'false' : `r.${quoted(column)} IN (${texts.map(literal).join(', ')})`

const PLACE = [
  'r.rowid AS place',
  ...['subject', 'unit', 'feed_no', 'snapshot_no', 'file_no', 'line'].map((name) => `r.${name}`),
  ...['known_from', 'known_to', 'closed_by', 'raw', 'extra'].map((name) => `r.${name}`),
]

type Draft = { -readonly [name in keyof Source]: Source[name] }

/**
 * Reads statements about subjects, each subject of a relation once. The files behind the statements are looked up at the
 * end (`addSources`), so that a question costs few and plain queries.
 */
export class StatementReader {
  readonly #read = new Map<string, Promise<Statement[]>>()
  /** Subjects that were found by their ids, by number: pointers lead to them so. */
  readonly #numbers = new Map<string, string>()
  /** By relation and number of the row in its table, the statements that were read. */
  readonly #places = new Map<string, Map<number, Statement>>()
  readonly #rows = new WeakMap<Statement, Row>()
  readonly #drafts: { snapshotNo: number; fileNo: number; source: Draft }[] = []

  /** @param known null: the whole history, late arrivals included */
  constructor(
    private readonly db: Evidence,
    private readonly known: Knowledge | null,
  ) {}

  /** Names of all feeds. */
  async feeds(): Promise<string[]> {
    return [...(await catalogueOf(this.db)).feeds.values()].sort()
  }

  /** Statements about the given subjects; call `addSources` before they are shown. */
  async read(query: StatementQuery): Promise<Statement[]> {
    const { relation, among } = query
    const keyOf = (subject: string): string => JSON.stringify([relation.name, subject, among ?? null])
    const subjects = [...new Set(query.subjects.map((subject) => this.#numbers.get(subject) ?? subject))]
    const missing = subjects.filter((subject) => !this.#read.has(keyOf(subject)))
    if (missing.length > 0) {
      const found = this.#fetch(query, missing, keyOf)
      missing.forEach((subject, pick) => {
        this.#read.set(
          keyOf(subject),
          found.then((statements) => statements.get(pick) ?? []),
        )
      })
    }
    return (await Promise.all(subjects.map((subject) => this.#read.get(keyOf(subject)) ?? []))).flat()
  }

  /** Statements by the place of their subject in the list. */
  async #fetch(
    query: StatementQuery,
    subjects: readonly string[],
    keyOf: (subject: string) => string,
  ): Promise<Map<number, Statement[]>> {
    const { relation, limit = STATEMENT_LIMIT } = query
    const rows = await this.db.rowsAside(`${this.#sqlOf(query, subjects)} LIMIT ${limit}`)
    const { feeds } = await catalogueOf(this.db)
    const found = new Map<number, Statement[]>()
    for (const row of rows) {
      const [pick, feed] = [Number(row.pick), feeds.get(Number(row.feed_no)) ?? '']
      const statements = found.get(pick) ?? []
      if (statements.length === 0) {
        found.set(pick, statements)
        const number = subjectByNumber(String(row.subject))
        this.#numbers.set(subjectById(relation, feed, row), number)
        if (!this.#read.has(keyOf(number))) this.#read.set(keyOf(number), Promise.resolve(statements))
      }
      statements.push(this.#toStatement(relation, row, feed))
    }
    return found
  }

  /**
   * One row per statement, with the place of its subject in the list as `pick`. Nothing is bound: DuckDB would plan
   * the query twice, once to prepare it and again with the values, and planning is most of what it costs.
   */
  #sqlOf({ relation, among }: StatementQuery, subjects: readonly string[]): string {
    const columns = relationColumns(relation).map(({ name }) => `r.${quoted(name)}`)
    const conditions = [
      ...(this.known === null ? [] : [sqlKnownAt(`TIMESTAMP ${literal(this.known.before.replace('Z', ''))}`)]),
      ...(among === undefined ? [] : [isAmong(among)]),
    ]
    const picked = { table: statementsOf(relation), key: 'subject', columns: [...PLACE, ...columns], conditions }
    return sqlPicked(picked, subjects)
  }

  /**
   * Statements by the number of their row in the table, for whoever found them by a query; call `addSources` afterwards.
   * Those that were read before are not read again.
   */
  async byRow(relation: Relation, numbers: readonly number[]): Promise<Map<number, Statement>> {
    const places = this.#placesOf(relation)
    const missing = numbers.filter((number) => !places.has(number)).map(Math.trunc)
    if (missing.length > 0) {
      const columns = [...PLACE, ...relationColumns(relation).map(({ name }) => `r.${quoted(name)}`)]
      const rows = await this.db.rowsAside(
        sqlPicked({ table: statementsOf(relation), key: ROW, columns }, missing.map(String)),
      )
      const { feeds } = await catalogueOf(this.db)
      for (const row of rows) this.#toStatement(relation, row, feeds.get(Number(row.feed_no)) ?? '')
    }
    return new Map(
      numbers.flatMap((number) => {
        const statement = places.get(number)
        return statement === undefined ? [] : [[number, statement] as const]
      }),
    )
  }

  /** A statement of this reader as it stands in its table: `place` is the number of the row, the columns keep their names. */
  rowOf(statement: Statement): Row {
    const row = this.#rows.get(statement)
    if (row === undefined) throw new InternalError('a statement of another reader', { code: 'statement-row' })
    return row
  }

  #placesOf({ name }: Relation): Map<number, Statement> {
    const places = this.#places.get(name) ?? new Map<number, Statement>()
    this.#places.set(name, places)
    return places
  }

  #toStatement(relation: Relation, row: Row, feed: string): Statement {
    const values: Record<string, string | number | boolean | null> = {}
    for (const { name, type } of relationColumns(relation)) values[name] = shownValue(row[name], type)
    const source: Draft = {
      feed,
      snapshot: '',
      file: '',
      line: Number(row.line),
      sha256: '',
      published: '',
      received: '',
    }
    this.#drafts.push({ snapshotNo: Number(row.snapshot_no), fileNo: Number(row.file_no), source })
    const statement: Statement = {
      statement: statementId(relation, feed, row),
      relation: relation.name,
      values,
      given: parsed(row.raw),
      extra: parsed(row.extra),
      known: {
        from: shownInstant(row.known_from),
        to: instantOrNull(row.known_to),
        effective: row.known_to === null || row.known_to !== row.known_from,
      },
      source,
    }
    this.#placesOf(relation).set(Number(row.place), statement)
    this.#rows.set(statement, row)
    return statement
  }

  /** Completes the sources of all statements read so far: snapshot, file, digest and dates. */
  async addSources(): Promise<void> {
    if (this.#drafts.length === 0) return
    const { snapshots, files: known } = await catalogueOf(this.db)
    const files = known ?? (await this.#readFiles())
    for (const { snapshotNo, fileNo, source } of this.#drafts) {
      const [file, snapshot] = [files.get(fileKey(snapshotNo, fileNo)), snapshots.get(snapshotNo)]
      if (file === undefined || snapshot === undefined) {
        throw new InternalError('a statement names no file', { code: 'statement-source' })
      }
      source.snapshot = snapshot.id
      source.file = file.name
      source.sha256 = file.sha256
      source.published = shownInstant(snapshot.published)
      source.received = shownInstant(snapshot.received)
    }
    this.#drafts.length = 0
  }

  async #readFiles(): Promise<Map<string, DeliveredFile>> {
    const wanted = new Set(this.#drafts.map(({ snapshotNo, fileNo }) => `(${snapshotNo}, ${fileNo})`))
    const rows = await this.db.rowsAside<{ snapshot_no: number; file_no: number; name: string; sha256: string }>(
      `SELECT d.snapshot_no, d.file_no, d.name, d.sha256 FROM files d
       JOIN (VALUES ${[...wanted].join(', ')}) w(snapshot_no, file_no)
         ON w.snapshot_no = d.snapshot_no AND w.file_no = d.file_no`,
    )
    return new Map(
      rows.map(({ snapshot_no, file_no, name, sha256 }) => [fileKey(snapshot_no, file_no), { name, sha256 }]),
    )
  }
}
