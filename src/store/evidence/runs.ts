/**
 * Sorted runs. Tables are sorted by what they are looked up by, so that a look-up reads one row group whatever the
 * size; each delivery appends one sorted run, and when there are many the table is written anew as one.
 */
import type { Evidence } from '../duckdb.js'

/** Measured: 12 runs cost a look-up 1.2 times one run; so many are merged. */
const MOST_RUNS = 8

interface SortedTable {
  /** SQL name of the table. */
  readonly table: string
  readonly order: string
  /** Row of `meta` that counts the runs. */
  readonly counter: string
}

/** Counts one more run of a table, and merges them when there are too many. */
export async function addRun(db: Evidence, { table, order, counter }: SortedTable): Promise<void> {
  const [row] = await db.rows('SELECT value FROM meta WHERE name = $counter', { counter })
  if (row === undefined) {
    await db.run("INSERT INTO meta VALUES ($counter, '1')", { counter })
    return
  }
  const runs = Number(row.value) + 1
  const merge = runs > MOST_RUNS
  if (merge) {
    const merged = `${table.replace(/"$/, '')}${table.endsWith('"') ? ' merged"' : '_merged'}`
    const name = table.split('.').at(-1) ?? table
    await db.run(`CREATE TABLE ${merged} AS SELECT * FROM ${table} ORDER BY ${order}`)
    await db.run(`DROP TABLE ${table}`)
    await db.run(`ALTER TABLE ${merged} RENAME TO ${name}`)
  }
  await db.run('UPDATE meta SET value = $runs WHERE name = $counter', { counter, runs: merge ? '1' : String(runs) })
}
