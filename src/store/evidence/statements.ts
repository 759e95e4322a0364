/** Reading statements with their sources. */
import { createHash } from 'node:crypto'
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

function toStatement(relation: Relation, row: Row): Statement {
  const feed = String(row.source_feed)
  const values: Record<string, string | number | boolean | null> = {}
  for (const { name, type } of relationColumns(relation)) values[name] = shownValue(row[name], type)
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
    source: {
      feed,
      snapshot: String(row.source_snapshot),
      file: String(row.source_file),
      line: Number(row.line),
      sha256: String(row.source_sha256),
      published: shownInstant(row.source_published),
      received: shownInstant(row.source_received),
    },
  }
}

export interface StatementQuery {
  readonly relation: Relation
  /** SQL conditions of which one must hold, each an equality on `r.subject` so that sorting prunes. */
  readonly subjects: readonly string[]
  /** null: the whole history, late arrivals included. */
  readonly known: Knowledge | null
  readonly limit?: number
  /** Only statements with one of these texts in a column. */
  readonly among?: { readonly column: string; readonly texts: readonly string[] }
}

/**
 * Statements about the given subjects, by feed, then in the order of the relation's columns and of knowledge.
 * `subjects` are SQL expressions of type UBIGINT.
 */
export async function readStatements(db: Evidence, query: StatementQuery): Promise<Statement[]> {
  const { relation, subjects, known, among } = query
  if (subjects.length === 0) return []
  const columns = relationColumns(relation).map(({ name }) => `r."${name}"`)
  const picked = [...new Set(subjects)].map(
    (subject) =>
      `SELECT * FROM ${statementsOf(relation)} r WHERE r.subject = ${subject}${known === null ? '' : ` AND ${KNOWN_AT}`}`,
  )
  const chosen = among === undefined ? '' : `WHERE list_contains($texts, r.${quoted(among.column)})`
  const rows = await db.rows(
    `SELECT r.unit, r.line, r.known_from, r.known_to, r.raw, r.extra, ${columns.join(', ')}, f.feed AS source_feed,
       s.snapshot AS source_snapshot, s.published AS source_published, s.received AS source_received,
       d.name AS source_file, d.sha256 AS source_sha256
     FROM (${picked.join(' UNION ALL ')}) r
     JOIN snapshots s ON s.snapshot_no = r.snapshot_no
     JOIN feeds f ON f.feed_no = r.feed_no
     JOIN files d ON d.snapshot_no = r.snapshot_no AND d.file_no = r.file_no ${chosen}
     ORDER BY f.feed, ${columns.join(', ')}, r.unit, r.known_from, r.line LIMIT ${query.limit ?? STATEMENT_LIMIT}`,
    {
      ...(known === null ? {} : { before: known.before.replace('Z', '') }),
      ...(among === undefined ? {} : { texts: among.texts }),
    },
  )
  return rows.map((row) => toStatement(relation, row))
}
