/**
 * The hashes by which statements are stored, joined and found. They are DuckDB's own 64-bit `hash`, fast and local to
 * the evidence file: nothing outside ever sees one (the id of a statement is made from its text, see statement-ids.ts).
 */
import type { Relation } from '../../model/relations.js'
import { literal, quoted, relationColumns } from '../columns.js'

/** SQL for the subject of rows of a relation; `feed` is an SQL expression for the feed's name. */
export function sqlSubject(relation: Relation, feed: string): string {
  return sqlSubjectOf(relation, feed, relation.subject.columns.map(quoted))
}

/** SQL for the two halves of the content hash: all that the row says, with the unit that said it. */
export function sqlContent(relation: Relation): { hi: string; lo: string } {
  const columns = relationColumns(relation)
    .filter(({ counts }) => counts)
    .map(({ name }) => quoted(name))
  const said = [literal(relation.name), 'unit', ...columns].join(', ')
  return { hi: `hash(${said})`, lo: `hash(1, ${said})` }
}

/** SQL for the subject with given ids in place of the columns. */
export function sqlSubjectOf(relation: Relation, feed: string, ids: readonly string[]): string {
  const { kind } = relation.subject
  return `hash(${[feed, literal(kind === 'custom' ? `custom:${relation.name}` : kind), ...ids].join(', ')})`
}
