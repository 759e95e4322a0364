/** From what a person typed to the subjects it may name: identifiers in any spelling, ids of a feed, statement ids. */
import { displayIdentifier, recogniseIdentifiers } from '../model/identifiers/parse.js'
import { RELATIONS, type Relation } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { sqlSubjectOf } from '../store/evidence/hashes.js'
import { type PointerScheme, sqlPointerKey } from '../store/evidence/pointers.js'
import { statementsOf } from '../store/evidence/schema.js'
import { parseStatementId } from '../store/evidence/statements.js'

/** One way to read the text. */
export interface Reading {
  /** `isrc`, `iswc`, …, `feed-id` or `statement`. */
  readonly as: string
  readonly normalised: string
  readonly display: string
}

/** A subject of a feed, as an SQL expression; hashes never leave SQL. */
export interface SubjectRef {
  readonly relation: string
  readonly sql: string
}

export interface Target {
  readonly readings: readonly Reading[]
  readonly subjects: readonly SubjectRef[]
}

const POINTED = new Set<string>(['isrc', 'iswc', 'ipi-name', 'ipi-base', 'isni', 'upc'])

/** Subjects that a pointer leads to; at most so many for one identifier. */
const POINTER_LIMIT = 2000

/** Follows pointers, each once: the subjects that mention a global identifier, or refer to a feed-local id. */
export class Pointers {
  readonly #followed = new Map<string, SubjectRef[]>()

  constructor(private readonly db: Evidence) {}

  /** @param keys SQL expressions of `sqlPointerKey` */
  async follow(keys: readonly string[]): Promise<SubjectRef[]> {
    const wanted = [...new Set(keys)]
    const missing = wanted.filter((key) => !this.#followed.has(key))
    if (missing.length > 0) await this.#fetch(missing)
    return wanted.flatMap((key) => this.#followed.get(key) ?? [])
  }

  async #fetch(keys: readonly string[]): Promise<void> {
    const picked = keys.map(
      (key, index) => `SELECT ${index} AS pick, relation, subject FROM pointers WHERE "key" = ${key}`,
    )
    const rows = await this.db.rows(
      `SELECT DISTINCT pick, relation, subject::VARCHAR AS subject FROM (${picked.join(' UNION ALL ')}) LIMIT ${POINTER_LIMIT}`,
    )
    for (const key of keys) this.#followed.set(key, [])
    for (const row of rows) {
      const subject = { relation: String(row.relation), sql: `${String(row.subject)}::UBIGINT` }
      this.#followed.get(keys[Number(row.pick)] ?? '')?.push(subject)
    }
  }
}

const isPointed = (kind: string): kind is PointerScheme => POINTED.has(kind)

async function identifierSubjects(pointers: Pointers, readings: readonly Reading[]): Promise<SubjectRef[]> {
  const keys = readings.flatMap(({ as, normalised }) => (isPointed(as) ? [sqlPointerKey(as, literal(normalised))] : []))
  return pointers.follow(keys)
}

/** Relations in which a feed has something under this id of its own. */
async function localSubjects(
  db: Evidence,
  text: string,
  relations: readonly Relation[],
  feeds: readonly string[],
): Promise<SubjectRef[]> {
  const single = relations.filter(({ subject }) => subject.columns.length === 1)
  const picked = single.flatMap((relation) =>
    feeds.map((feed) => {
      const subject = sqlSubjectOf(relation, literal(feed), [literal(text)])
      return `SELECT ${literal(relation.name)} AS relation, subject FROM ${statementsOf(relation)} WHERE subject = ${subject}`
    }),
  )
  if (picked.length === 0) return []
  const rows = await db.rows(
    `SELECT DISTINCT relation, subject::VARCHAR AS subject FROM (${picked.join(' UNION ALL ')})`,
  )
  return rows.map((row) => ({ relation: String(row.relation), sql: `${String(row.subject)}::UBIGINT` }))
}

/** All readings of a text and the subjects under them. Nothing found is an empty list. */
export async function findTargets(
  db: Evidence,
  pointers: Pointers,
  text: string,
  relations: readonly Relation[],
  feeds: readonly string[],
): Promise<Target> {
  const statement = parseStatementId(text)
  const known = relations.find(({ name }) => name === statement?.relation)
  if (statement !== null && known !== undefined) {
    const ids = statement.subject.split('+').map(literal)
    const sql = sqlSubjectOf(
      known,
      literal(statement.feed),
      known.subject.columns.length === 1 ? [literal(statement.subject)] : ids,
    )
    return {
      readings: [{ as: 'statement', normalised: text, display: text }],
      subjects: [{ relation: known.name, sql }],
    }
  }
  const readings = recogniseIdentifiers(text).map(({ kind, normalised }) => ({
    as: kind as string,
    normalised,
    display: displayIdentifier(kind, normalised),
  }))
  const subjects = [
    ...(await identifierSubjects(pointers, readings)),
    ...(await localSubjects(db, text, relations, feeds)),
  ]
  return { readings: [...readings, { as: 'feed-id', normalised: text, display: text }], subjects }
}

/** The subject of a feed's party, work or recording by its local id. */
export const localSubject = (relation: keyof typeof RELATIONS, feed: string, id: string): string =>
  sqlSubjectOf(RELATIONS[relation], literal(feed), [literal(id)])
