/** Tables of the evidence file. */
import { RELATIONS, type Relation } from '../../model/relations.js'
import { quoted, relationColumns } from '../columns.js'
import type { Evidence } from '../duckdb.js'
import { createGuardTables } from './guard-tables.js'
import schema from './schema.sql'

/**
 * Columns that every statement has before those of its relation.
 * - `subject`: hash of feed, subject kind and subject id; tables are sorted by it
 * - `content_hi`, `content_lo`: 128 bits over all that the statement says; with the subject its identity within a store
 * - `snapshot_no`, `file_no`, `line`: where it was first stated in this interval of knowledge
 * - `unit`, `spoken`: see `RowPlace`
 * - `known_from`, `known_to`: half-open interval of knowledge; `known_to` NULL while it stands; equal = never effective
 * - `closed_by`: number of the snapshot that ended it
 */
export const STATEMENT_COLUMNS = [
  'subject UBIGINT',
  'content_hi UBIGINT',
  'content_lo UBIGINT',
  'feed_no SMALLINT',
  'snapshot_no INTEGER',
  'file_no INTEGER',
  'line BIGINT',
  'unit VARCHAR',
  'spoken TIMESTAMP',
  'known_from TIMESTAMP',
  'known_to TIMESTAMP',
  'closed_by INTEGER',
] as const

/** The table of a relation's statements, as an SQL name. */
export const statementsOf = (relation: { name: string }): string => `statements.${quoted(relation.name)}`

/** Creates the tables of an empty evidence file. A change of these tables raises `WORKSPACE_FORMAT`. */
export async function createSchema(db: Evidence, program: string): Promise<void> {
  await db.run(schema)
  await createGuardTables(db)
  await db.run('INSERT INTO meta VALUES ($writer, $program)', { writer: 'writer', program })
}

/** Creates the statements table of a relation unless it is there. */
export async function createStatements(db: Evidence, relation: Relation): Promise<void> {
  const known = await db.rows('SELECT relation FROM relations WHERE relation = $name', { name: relation.name })
  if (known.length > 0) return
  const columns = relationColumns(relation).map(({ name, type }) => `${quoted(name)} ${type}`)
  await db.run(
    `CREATE TABLE ${statementsOf(relation)} (${[...STATEMENT_COLUMNS, ...columns, 'raw VARCHAR', 'extra VARCHAR'].join(', ')})`,
  )
  await db.run('INSERT INTO relations VALUES ($name, $spec)', {
    name: relation.name,
    spec: JSON.stringify(relation),
  })
}

/** The relations that have statements, by name. */
export async function storedRelations(db: Evidence): Promise<Relation[]> {
  const rows = await db.rows<{ relation: string; spec: string }>(
    'SELECT relation, spec FROM relations ORDER BY relation',
  )
  return rows.map(({ relation, spec }) => relationOf(relation, spec))
}

/** A relation by its row in `relations`. */
export const relationOf = (name: string, spec: string): Relation =>
  name in RELATIONS ? RELATIONS[name as keyof typeof RELATIONS] : (JSON.parse(spec) as Relation)
