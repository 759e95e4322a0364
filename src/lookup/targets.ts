/** From what a person typed to the subjects it may name: identifiers in any spelling, ids of a feed, statement ids. */
import { displayIdentifier, recogniseIdentifiers } from '../model/identifiers/parse.js'
import { RELATIONS, type Relation } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { sqlSubjectOf } from '../store/evidence/hashes.js'
import { type PointerScheme, sqlPointerKey } from '../store/evidence/pointers.js'
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
  readonly feed: string
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

/** Follows pointers: the subjects that mention a global identifier, or refer to a feed-local id. */
export async function followPointers(db: Evidence, keys: readonly string[], relation?: string): Promise<SubjectRef[]> {
  if (keys.length === 0) return []
  const picked = keys.map((key) => `SELECT feed_no, relation, subject FROM pointers WHERE "key" = ${key}`)
  const rows = await db.rows(
    `SELECT DISTINCT f.feed, p.relation, p.subject::VARCHAR AS subject
     FROM (${picked.join(' UNION ALL ')}) p JOIN feeds f ON f.feed_no = p.feed_no
     ${relation === undefined ? '' : `WHERE p.relation = ${literal(relation)}`}
     ORDER BY f.feed, p.relation, p.subject::VARCHAR LIMIT ${POINTER_LIMIT}`,
  )
  return rows.map((row) => ({
    feed: String(row.feed),
    relation: String(row.relation),
    sql: `${String(row.subject)}::UBIGINT`,
  }))
}

const isPointed = (kind: string): kind is PointerScheme => POINTED.has(kind)

async function identifierSubjects(db: Evidence, readings: readonly Reading[]): Promise<SubjectRef[]> {
  const keys = readings.flatMap(({ as, normalised }) => (isPointed(as) ? [sqlPointerKey(as, literal(normalised))] : []))
  return followPointers(db, keys)
}

/** The id of every feed: whether anything stands under it shows when it is read. */
async function localSubjects(db: Evidence, text: string, relations: readonly Relation[]): Promise<SubjectRef[]> {
  const feeds = await db.rows('SELECT feed FROM feeds ORDER BY feed')
  return feeds.flatMap((row) =>
    relations
      .filter(({ subject }) => subject.columns.length === 1)
      .map((relation) => ({
        feed: String(row.feed),
        relation: relation.name,
        sql: sqlSubjectOf(relation, literal(String(row.feed)), [literal(text)]),
      })),
  )
}

/** All readings of a text and the subjects under them. Nothing found is an empty list. */
export async function findTargets(db: Evidence, text: string, relations: readonly Relation[]): Promise<Target> {
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
      subjects: [{ feed: statement.feed, relation: known.name, sql }],
    }
  }
  const readings = recogniseIdentifiers(text).map(({ kind, normalised }) => ({
    as: kind as string,
    normalised,
    display: displayIdentifier(kind, normalised),
  }))
  const subjects = [...(await identifierSubjects(db, readings)), ...(await localSubjects(db, text, relations))]
  return { readings: [...readings, { as: 'feed-id', normalised: text, display: text }], subjects }
}

/** The subject of a feed's party, work or recording by its local id. */
export const localSubject = (relation: keyof typeof RELATIONS, feed: string, id: string): string =>
  sqlSubjectOf(RELATIONS[relation], literal(feed), [literal(id)])
