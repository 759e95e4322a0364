/**
 * Where conflicts are worked out. The whole catalogue is gone through by DuckDB; of one recording, work or party there are nearly always
 * few statements, and a small workbench works the same relations out in a fraction of what DuckDB takes to plan them.
 */
import type { Evidence } from '../store/duckdb.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import type { Workbench } from '../store/small-workbench.js'
import { keepStatements, type Scope, type Stored, seeStatements } from './facts.js'
import { smallBench } from './small-bench.js'

export interface ConflictBench extends Workbench {
  readonly stored: Stored
  /** Sees what is kept as known: what the rules and the relations of licensing start from. */
  see(knowledge: Knowledge): Promise<void>
}

/** DuckDB, with the statements of the scope kept there. */
export async function largeBench(db: Evidence, scope: Scope): Promise<ConflictBench> {
  const stored = await keepStatements(db, scope)
  return {
    stored,
    run: (sql, parameters) => db.run(sql, parameters),
    rows: (sql, parameters) => db.rows(sql, parameters),
    see: (knowledge) => seeStatements(db, knowledge, stored),
  }
}

/**
 * Keeps the statements about some subjects where they are worked out fastest.
 * @param subjects SQL expressions
 * @param isLarge DuckDB, however few there are
 */
export async function openBench(db: Evidence, subjects: readonly string[], isLarge = false): Promise<ConflictBench> {
  const small = isLarge ? null : await smallBench(db, subjects)
  return small ?? largeBench(db, { subjects })
}
