/** One change as it stands in the change set: for people who want to see the whole row behind an alert. */
import { type ChangeSet, changeColumn } from '../../model/change-set.js'
import { quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { jsonValue } from './values.js'

/** A column of the row before and after, as text; null where it is empty or there is no row. */
export interface CellChange {
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

/** The columns of the change at a position, in the order of the columns; empty where there is none. */
export async function changeOf(
  db: Evidence,
  { table, columns }: ChangeSet,
  position: number,
): Promise<readonly CellChange[]> {
  const cells = columns.map(
    ({ name }, index) =>
      `${quoted(changeColumn('before', name))} AS b${index}, ${quoted(changeColumn('after', name))} AS a${index}`,
  )
  const [row] = await db.rows(`SELECT ${cells.join(', ')} FROM ${table} WHERE position = ${position}`)
  if (row === undefined) return []
  const text = (name: string, type: string): string | null => {
    const value = jsonValue(row[name] ?? null, type)
    return value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return columns.map(({ name, type }, index) => ({
    name,
    before: text(`b${index}`, type),
    after: text(`a${index}`, type),
  }))
}
