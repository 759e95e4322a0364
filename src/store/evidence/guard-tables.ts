/** The tables of the guards, which evidence of an older program does not have. */
import type { Evidence } from '../duckdb.js'
import sql from './guards.sql'

/** Makes the tables where they are missing. */
export const createGuardTables = (db: Evidence): Promise<number> => db.run(sql)

/** Whether anything in this evidence was ever judged. */
export async function hasGuardTables(db: Evidence): Promise<boolean> {
  const found = await db.rows(
    `SELECT 1 AS n FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = 'verdicts'`,
  )
  return found.length > 0
}
