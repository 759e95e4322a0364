/** Names for tables in a database that others use as well. */
import type { Evidence } from '../store/duckdb.js'

const counters = new WeakMap<Evidence, number>()

/** A name that no other table of this database was given here: `changes_3`. It needs no quotes. */
export function freshName(db: Evidence, stem: string): string {
  const number = (counters.get(db) ?? 0) + 1
  counters.set(db, number)
  return `${stem}_${number}`
}
