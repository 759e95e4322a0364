/** From what a person typed to the subjects it may name: identifiers in any spelling, ids of a feed, statement ids. */
import { displayIdentifier, recogniseIdentifiers } from '../model/identifiers/parse.js'
import { RELATIONS, type Relation } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { Catalogue } from '../store/evidence/catalogue.js'
import { sqlSubjectOf } from '../store/evidence/hashes.js'
import { sqlPicked } from '../store/evidence/picked.js'
import { type PointerScheme, sqlPointerKey } from '../store/evidence/pointers.js'
import { statementsOf } from '../store/evidence/schema.js'
import { parseStatementId } from '../store/evidence/statement-id.js'
import { distinctSubjects, type Pointers, type SubjectRef } from './pointers.js'

/** One way to read the text. */
export interface Reading {
  /** `isrc`, `iswc`, …, `feed-id` or `statement`. */
  readonly as: string
  readonly normalised: string
  readonly display: string
}

export type { SubjectRef } from './pointers.js'

export interface Target {
  readonly readings: readonly Reading[]
  readonly subjects: readonly SubjectRef[]
}

const POINTED = new Set<string>(['isrc', 'iswc', 'ipi-name', 'ipi-base', 'isni', 'upc'])

const isPointed = (kind: string): kind is PointerScheme => POINTED.has(kind)

/** Keys of the pointers of all identifiers that a text may be. */
export const identifierKeys = (text: string): string[] =>
  recogniseIdentifiers(text).flatMap(({ kind, normalised }) =>
    isPointed(kind) ? [sqlPointerKey(kind, literal(normalised))] : [],
  )

/** Relations in which a feed has something under this id of its own. */
async function subjectsOfFeeds(
  db: Evidence,
  text: string,
  relations: readonly Relation[],
  speakers: Catalogue['speakers'],
): Promise<SubjectRef[]> {
  const picked = relations.flatMap((relation) => {
    const feeds = [...(speakers.get(relation.name) ?? [])].sort()
    if (relation.subject.columns.length !== 1 || feeds.length === 0) return []
    const subjects = feeds.map((feed) => sqlSubjectOf(relation, literal(feed), [literal(text)]))
    const columns = [`${literal(relation.name)} AS relation`, 'r.subject']
    return [
      { sql: sqlPicked({ table: statementsOf(relation), key: 'subject', columns }, subjects), most: feeds.length },
    ]
  })
  if (picked.length === 0) return []
  const most = Math.max(...picked.map((one) => one.most))
  return distinctSubjects(db, picked.map(({ sql }) => sql).join(' UNION ALL '), most)
}

/**
 * All readings of a text and the subjects under them. Nothing found is an empty list.
 * @param speakers by relation, the feeds that speak about it
 */
export async function findTargets(
  db: Evidence,
  pointers: Pointers,
  text: string,
  relations: readonly Relation[],
  speakers: Catalogue['speakers'],
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
  const subjects = await Promise.all([
    pointers.follow(identifierKeys(text)),
    subjectsOfFeeds(db, text, relations, speakers),
  ])
  return { readings: [...readings, { as: 'feed-id', normalised: text, display: text }], subjects: subjects.flat() }
}

/** The subject of a feed's party, work or recording by its local id. */
export const localSubject = (relation: keyof typeof RELATIONS, feed: string, id: string): string =>
  sqlSubjectOf(RELATIONS[relation], literal(feed), [literal(id)])
