/** Which usage is a recording's. */
import { identifierKeys, type LocalId, localSubjects, Pointers } from '../lookup/index.js'
import { RELATIONS } from '../model/relations.js'
import type { Evidence } from '../store/duckdb.js'
import { catalogueOf } from '../store/evidence/catalogue.js'
import { sqlPicked } from '../store/evidence/picked.js'
import { statementsOf } from '../store/evidence/schema.js'
import { subjectByNumber } from '../store/evidence/statements.js'

/** What a recording is called: ids of feeds, and ISRCs. */
export interface RecordingNames {
  readonly ids: readonly LocalId[]
  readonly isrcs: readonly string[]
}

/**
 * SQL for the usage of a recording, under the ids of feeds and by ISRC. An ISRC in the place of an id stands for the recording
 * only in a feed that has no recording of that id (contract 1). Null where there can be none.
 * @param columns of `r`, a row of usage
 * @param condition on `r`
 */
export async function sqlUsageOf(
  db: Evidence,
  { ids, isrcs }: RecordingNames,
  columns: readonly string[],
  condition: string,
): Promise<string | null> {
  const { speakers } = await catalogueOf(db)
  const own = localSubjects(
    'usage',
    ids.filter(([feed]) => speakers.get('usage')?.has(feed)),
  )
  const mentions = await new Pointers(db).follow(isrcs.flatMap(identifierKeys))
  const byCode = mentions.filter(({ relation }) => relation === 'usage').map(({ sql }) => sql)
  const described = speakers.has('recordings') ? await describedAmong(db, byCode) : new Set<string>()
  const subjects = [...own.map(({ sql }) => sql), ...byCode.filter((subject) => !described.has(subject))]
  if (subjects.length === 0) return null
  // The same subject by its name and by its number is picked twice.
  const rows = { table: statementsOf(RELATIONS.usage), key: 'subject', columns: ['r.rowid AS place', ...columns] }
  return `SELECT DISTINCT * EXCLUDE (pick) FROM (${sqlPicked({ ...rows, conditions: [condition] }, subjects)})`
}

/** Those of the subjects that a feed describes as recordings of its own. */
async function describedAmong(db: Evidence, subjects: readonly string[]): Promise<Set<string>> {
  if (subjects.length === 0) return new Set()
  const picked = { table: statementsOf(RELATIONS.recordings), key: 'subject', columns: ['r.subject'] }
  const rows = await db.rowsAside(`SELECT DISTINCT subject FROM (${sqlPicked(picked, subjects)})`)
  return new Set(rows.map(({ subject }) => subjectByNumber(String(subject))))
}
