/** Reading statements with their sources. */
import { createHash } from 'node:crypto'
import { InternalError } from '../../errors.js'
import { displayInstant } from '../../model/dates/instants.js'
import type { Relation } from '../../model/relations.js'
import { quoted, relationColumns } from '../columns.js'
import type { Evidence, Row } from '../duckdb.js'
import { canonicalInstant, KNOWN_AT, type Knowledge } from './knowledge.js'
import { statementsOf } from './schema.js'

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

/** Digits of the digest in a statement's id: 48 bits, told apart within one subject of one feed. */
const DIGEST_LENGTH = 12

function statementId(relation: Relation, feed: string, row: Row): string {
  const said = relationColumns(relation)
    .filter(({ counts }) => counts)
    .map(({ name }) => row[name] ?? null)
  const digest = createHash('sha256')
    .update(JSON.stringify([feed, relation.name, row.unit ?? null, ...said]))
    .digest('hex')
  const subject = relation.subject.columns.map((name) => String(row[name] ?? '')).join('+')
  return `${feed}:${relation.name}:${subject}:${digest.slice(0, DIGEST_LENGTH)}`
}

/** Splits a statement id into its parts; null for any other text. */
export function parseStatementId(text: string): { feed: string; relation: string; subject: string } | null {
  const match = /^([^:]+):([^:]+):(.*):[0-9a-f]{12}$/s.exec(text)
  return match === null ? null : { feed: match[1] ?? '', relation: match[2] ?? '', subject: match[3] ?? '' }
}

const shownInstant = (value: unknown): string => displayInstant(canonicalInstant(value))
const instantOrNull = (value: unknown): string | null => (value == null ? null : shownInstant(value))

/** An exact number without the zeros that only fill its scale: 40.0000000000 is 40. */
const withoutScale = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

function shownValue(value: Row[string] | undefined, type: string): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'object') return JSON.stringify(value)
  return type.startsWith('DECIMAL') ? withoutScale(String(value)) : value
}

export interface StatementQuery {
  readonly relation: Relation
  /** SQL expressions of type UBIGINT; each is looked for by itself, so that sorting prunes. */
  readonly subjects: readonly string[]
  readonly limit?: number
  /** Only statements with one of these texts in a column. */
  readonly among?: { readonly column: string; readonly texts: readonly string[] }
}

type Draft = { -readonly [name in keyof Source]: Source[name] }

/**
 * Reads statements about subjects, each subject of a relation once. The feeds are read at the start and the files behind
 * the statements at the end (`addSources`), so that a question costs few and plain queries.
 */
export class StatementReader {
  readonly #read = new Map<string, Statement[]>()
  readonly #drafts: { snapshotNo: number; fileNo: number; source: Draft }[] = []
  #feeds: ReadonlyMap<number, string> | null = null

  /** @param known null: the whole history, late arrivals included */
  constructor(
    private readonly db: Evidence,
    private readonly known: Knowledge | null,
  ) {}

  /** Names of all feeds. */
  async feeds(): Promise<string[]> {
    return [...(await this.#feedNames()).values()].sort()
  }

  async #feedNames(): Promise<ReadonlyMap<number, string>> {
    if (this.#feeds !== null) return this.#feeds
    const rows = await this.db.rows('SELECT feed_no, feed FROM feeds')
    this.#feeds = new Map(rows.map((row) => [Number(row.feed_no), String(row.feed)]))
    return this.#feeds
  }

  /** Statements about the given subjects; call `addSources` before they are shown. */
  async read(query: StatementQuery): Promise<Statement[]> {
    const { relation, among } = query
    const keyOf = (subject: string): string => JSON.stringify([relation.name, subject, among ?? null])
    const subjects = [...new Set(query.subjects)]
    const missing = subjects.filter((subject) => !this.#read.has(keyOf(subject)))
    if (missing.length > 0) await this.#fetch(query, missing, keyOf)
    return subjects.flatMap((subject) => this.#read.get(keyOf(subject)) ?? [])
  }

  async #fetch(query: StatementQuery, subjects: readonly string[], keyOf: (subject: string) => string): Promise<void> {
    const { relation, among } = query
    const columns = relationColumns(relation).map(({ name }) => `r.${quoted(name)}`)
    const conditions = [
      ...(this.known === null ? [] : [KNOWN_AT]),
      ...(among === undefined ? [] : [`list_contains($texts, r.${quoted(among.column)})`]),
    ]
    const picked = subjects.map(
      (subject, index) =>
        `SELECT ${index} AS pick, r.unit, r.feed_no, r.snapshot_no, r.file_no, r.line, r.known_from, r.known_to, r.raw, r.extra,
           ${columns.join(', ')}
         FROM ${statementsOf(relation)} r WHERE ${[`r.subject = ${subject}`, ...conditions].join(' AND ')}`,
    )
    const rows = await this.db.rows(`${picked.join(' UNION ALL ')} LIMIT ${query.limit ?? STATEMENT_LIMIT}`, {
      ...(this.known === null ? {} : { before: this.known.before.replace('Z', '') }),
      ...(among === undefined ? {} : { texts: among.texts }),
    })
    const feeds = await this.#feedNames()
    for (const subject of subjects) this.#read.set(keyOf(subject), [])
    for (const row of rows) {
      const statements = this.#read.get(keyOf(subjects[Number(row.pick)] ?? ''))
      statements?.push(this.#toStatement(relation, row, feeds.get(Number(row.feed_no)) ?? ''))
    }
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
    return {
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
  }

  /** Completes the sources of all statements read so far: snapshot, file, digest and dates. */
  async addSources(): Promise<void> {
    const wanted = new Map(
      this.#drafts.map(({ snapshotNo, fileNo }) => [`${snapshotNo} ${fileNo}`, [snapshotNo, fileNo]]),
    )
    if (wanted.size === 0) return
    const pairs = [...wanted.values()].map((pair) => `(${pair.join(', ')})`)
    const rows = await this.db.rows(
      `SELECT d.snapshot_no, d.file_no, d.name, d.sha256, s.snapshot, s.published, s.received
       FROM files d JOIN snapshots s ON s.snapshot_no = d.snapshot_no
       JOIN (VALUES ${pairs.join(', ')}) w(snapshot_no, file_no) ON w.snapshot_no = d.snapshot_no AND w.file_no = d.file_no`,
    )
    const files = new Map(rows.map((row) => [`${Number(row.snapshot_no)} ${Number(row.file_no)}`, row]))
    for (const { snapshotNo, fileNo, source } of this.#drafts) {
      const row = files.get(`${snapshotNo} ${fileNo}`)
      if (row === undefined) throw new InternalError('a statement names no file', { code: 'statement-source' })
      source.snapshot = String(row.snapshot)
      source.file = String(row.name)
      source.sha256 = String(row.sha256)
      source.published = shownInstant(row.published)
      source.received = shownInstant(row.received)
    }
    this.#drafts.length = 0
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The order in which statements of a relation are shown: by feed, then by what they say, then by knowledge and place. */
export function byFeedAndContent(a: Statement, b: Statement): number {
  const names = Object.keys(a.values)
  const differing = names.find((name) => a.values[name] !== b.values[name])
  const [x, y] = differing === undefined ? [null, null] : [a.values[differing] ?? null, b.values[differing] ?? null]
  const byValue =
    x === y
      ? 0
      : x === null
        ? -1
        : y === null
          ? 1
          : typeof x === 'number' && typeof y === 'number'
            ? x - y
            : compare(String(x), String(y))
  return (
    compare(a.source.feed, b.source.feed) ||
    byValue ||
    compare(a.known.from, b.known.from) ||
    compare(a.source.snapshot, b.source.snapshot) ||
    compare(a.source.file, b.source.file) ||
    a.source.line - b.source.line
  )
}
