/** What a delivery or a statement is about: the things and grants from which its effect is followed. */
import { Gathering, localSubject } from '../../../lookup/index.js'
import type { RelationName } from '../../../model/relations.js'
import { literal } from '../../../store/columns.js'
import type { Evidence } from '../../../store/duckdb.js'
import { sqlSubjectOf } from '../../../store/evidence/hashes.js'
import { statementsOf, storedRelations } from '../../../store/evidence/schema.js'
import { parseStatementId } from '../../../store/evidence/statement-id.js'
import type { Statement } from '../../../store/evidence/statements.js'

/** Columns that name a thing, by relation: what the degree of a recording is reached through. */
const NAMED: Readonly<Record<string, readonly (readonly [kind: 'recording' | 'work' | 'party', column: string])[]>> = {
  recordings: [['recording', 'recording_id']],
  works: [['work', 'work_id']],
  parties: [['party', 'party_id']],
  links: [['recording', 'recording_id']],
  shares: [['work', 'work_id']],
  licences: [['party', 'licensor_party_id']],
  affiliations: [['party', 'party_id']],
  takedowns: [],
}

/** Makes `marked` and `marked_rows` (see touched.sql) of the statements `r` under a condition, by default of all relations. */
export async function mark(db: Evidence, condition: string, only?: string): Promise<void> {
  const stored = (await storedRelations(db)).filter(({ name }) => name in NAMED && (only ?? name) === name)
  const things = stored.flatMap((relation) =>
    (NAMED[relation.name] ?? []).map(
      ([kind, column]) => `SELECT ${literal(kind)} AS kind, feed_no AS feed, "${column}" AS id
        FROM ${statementsOf(relation)} AS r WHERE (${condition}) AND "${column}" IS NOT NULL`,
    ),
  )
  const grants = stored.flatMap((relation) => {
    const row = { licences: 'r.rowid', takedowns: '-1 - r.rowid' }[relation.name]
    return row === undefined ? [] : [`SELECT ${row} AS row_id FROM ${statementsOf(relation)} AS r WHERE ${condition}`]
  })
  const nothing = "SELECT '' AS kind, NULL::SMALLINT AS feed, '' AS id WHERE false"
  await db.run(`CREATE OR REPLACE TEMP TABLE marked AS ${[nothing, ...things].join(' UNION ')};
    CREATE OR REPLACE TEMP TABLE marked_rows AS
      ${['SELECT NULL::BIGINT AS row_id WHERE false', ...grants].join(' UNION ')}`)
}

/** A statement by its id, at all times that it was known; empty when there is none. */
export async function findStatement(db: Evidence, id: string): Promise<readonly Statement[]> {
  const parsed = parseStatementId(id)
  const stored = await storedRelations(db)
  const relation = stored.find(({ name }) => name === parsed?.relation)
  if (parsed === null || relation === undefined) return []
  const isSingle = relation.subject.columns.length === 1
  const sql = isSingle
    ? localSubject(relation.name as RelationName, parsed.feed, parsed.subject)
    : sqlSubjectOf(relation, literal(parsed.feed), parsed.subject.split('+').map(literal))
  const gathering = new Gathering(db, null, new Map([[relation.name, new Set([parsed.feed])]]), Number.MAX_SAFE_INTEGER)
  const read = await gathering.read(relation.name as RelationName, [{ relation: relation.name, sql }])
  await gathering.finish()
  return read.filter(({ statement }) => statement === id)
}

/** The condition on statements `r` that holds for the rows in which a statement was said. */
export const sqlSaid = ({ source }: Statement): string => `r.line = ${source.line} AND (r.snapshot_no, r.file_no) IN (
    SELECT (snapshot_no, file_no) FROM snapshots JOIN files USING (snapshot_no)
    WHERE snapshot = ${literal(source.snapshot)} AND name = ${literal(source.file)})`
