/**
 * Where conflicts are worked out. The whole catalogue is gone through by DuckDB; of one recording, work or party there are nearly always
 * few statements, and a small workbench works the same relations out in a fraction of what DuckDB takes to plan them.
 */
import type { Evidence } from '../store/duckdb.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import { StatementReader } from '../store/evidence/statements.js'
import { type ConflictBench, keepStatements, type Scope, seeStatements } from './facts.js'
import { type Gathered, subjectNumbers } from './focus.js'
import { beginSmallBench, smallBench } from './small-bench.js'

/** DuckDB, with the statements of the scope kept there. */
export async function largeBench(db: Evidence, scope: Scope): Promise<ConflictBench> {
  const stored = await keepStatements(db, scope)
  return {
    stored,
    reader: new StatementReader(db, null),
    run: (sql, parameters) => db.run(sql, parameters),
    rows: (sql, parameters) => db.rows(sql, parameters),
    see: (knowledge) => seeStatements(db, knowledge, stored),
  }
}

/**
 * Keeps the statements about some subjects where they are worked out fastest.
 * @param gather finds the subjects
 * @param options.at what will be seen first: what it takes is read meanwhile
 * @param options.isLarge DuckDB, however few there are
 */
export async function openBench(
  db: Evidence,
  gather: () => Promise<Gathered>,
  { at, isLarge = false }: { readonly at?: Knowledge; readonly isLarge?: boolean } = {},
): Promise<ConflictBench> {
  const parts = isLarge ? null : beginSmallBench(db, at)
  const gathered = await gather()
  const small = parts === null ? null : await smallBench(db, gathered, parts)
  return small ?? largeBench(db, { subjects: await subjectNumbers(db, gathered.subjects) })
}
