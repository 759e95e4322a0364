/** What statements name: ids local to their feed, and the identifiers that mean the same in every feed. */
import { validIdentifiers } from '../model/identifiers/parse.js'
import type { RelationName } from '../model/relations.js'
import type { Statement } from '../store/evidence/statements.js'
import type { SubjectRef } from './pointers.js'
import { localSubject } from './targets.js'

/** An id with the name of the feed whose id it is. */
export type LocalId = readonly [feed: string, id: string]

/** The text of a column; null where it is empty. */
export function textOf(statement: Statement, column: string): string | null {
  const value = statement.values[column]
  return value == null ? null : String(value)
}

/** The local ids in a column, each once, in the order of the statements. */
export function localIds(statements: readonly Statement[], column: string): LocalId[] {
  const ids = new Map<string, LocalId>()
  for (const statement of statements) {
    const id = textOf(statement, column)
    if (id !== null) ids.set(`${statement.source.feed} ${id}`, [statement.source.feed, id])
  }
  return [...ids.values()]
}

/** The valid identifiers in a column, each once; several in a cell apart. */
export const identifiersIn = (statements: readonly Statement[], column: string): string[] => [
  ...new Set(
    statements.flatMap((statement) => (textOf(statement, column) ?? '').split('|').filter((one) => one !== '')),
  ),
]

/** Ids that are themselves valid identifiers (a reference that is no id of its feed, contract 1). */
export const asIdentifiers = (kind: Parameters<typeof validIdentifiers>[0], ids: readonly LocalId[]): string[] =>
  ids.flatMap(([, id]) => validIdentifiers(kind, id))

/** The subjects of a relation that feeds call by these ids. */
export const localSubjects = (relation: RelationName, ids: readonly LocalId[]): SubjectRef[] =>
  ids.map(([feed, id]) => ({ relation, feed, sql: localSubject(relation, feed, id) }))
