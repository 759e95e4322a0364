import { MOST_PRUNED } from '../duckdb.js'

/**
 * Rows by the key that their table is sorted by, without an index: DuckDB keeps the smallest and largest key of each
 * block, and reads the blocks in which one of the wanted keys may be.
 */
export interface Picked {
  /** SQL name of the table; it is called `r` in `columns` and `conditions`. */
  readonly table: string
  readonly key: string
  readonly columns: readonly string[]
  readonly conditions?: readonly string[]
}

/** As key: the number of a row. (For `rowid IN (…)` with more than a few numbers DuckDB reads the whole table.) */
export const ROW = 'rowid'

/**
 * Measured on one thread: a SELECT for each key is cheaper than a join for two keys of a wide table and four of a narrow
 * one; for 25 keys it costs three to seven times as much, nearly all of it planning.
 */
const isFew = (keys: number, columns: number): boolean => keys <= 2 || keys * columns <= 12

/**
 * A filter on the key spares no other column: DuckDB opens a segment of each in every row group that it looks through, and
 * that of a text column means to read its dictionary. So a wide table is asked for the places of the rows first. Measured
 * with 24 columns: for 3 keys 15 ms instead of 110, for 30 keys 42 instead of 74.
 */
const WIDE = 4

/**
 * SQL for the rows with any of these keys, each with the place of its key in the list as `pick`. A key that is in the
 * list twice gives its rows twice.
 * @param keys SQL expressions of the key's type, at least one
 * @param from the place of the first
 */
export function sqlPicked(picked: Picked, keys: readonly string[], from = 0): string {
  if (isFew(keys.length, picked.columns.length)) {
    return keys
      .map((key, index) => select(picked, String(from + index), '', [`r.${picked.key} = ${key}`]))
      .join(' UNION ALL ')
  }
  const parts: string[] = []
  for (let first = 0; first < keys.length; first += MOST_PRUNED) {
    const rows = keys.slice(first, first + MOST_PRUNED).map((key, index) => `(${from + first + index}, ${key})`)
    parts.push(select(picked, 'w.pick', joined(picked, `(VALUES ${rows.join(', ')})`), []))
  }
  return parts.join(' UNION ALL ')
}

function joined({ table, key, columns }: Picked, wanted: string): string {
  if (columns.length <= WIDE || key === ROW) return `JOIN ${wanted} w(pick, "key") ON w."key" = r.${key}`
  const places = `SELECT v.pick, q.rowid AS place FROM ${table} q JOIN ${wanted} v(pick, "key") ON v."key" = q.${key}`
  return `JOIN (${places}) w ON w.place = r.rowid`
}

function select(
  { table, columns, conditions = [] }: Picked,
  pick: string,
  join: string,
  own: readonly string[],
): string {
  const all = [...own, ...conditions]
  const where = all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`
  return `SELECT ${pick} AS pick, ${columns.join(', ')} FROM ${table} r ${join}${where}`
}
