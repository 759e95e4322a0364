/** SQL that every maker of a change set shares: its columns, its order, which columns differ. */
import { type ChangedColumn, type ChangeSet, changeColumn } from '../model/change-set.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { freshName } from './table-names.js'

/** SQL list of the names of the columns whose values before and after are not the same; NULL is the same as NULL. */
export function differingColumns(columns: readonly string[]): string {
  const marks = columns.map((name) => {
    const [before, after] = [quoted(changeColumn('before', name)), quoted(changeColumn('after', name))]
    return `CASE WHEN ${before} IS DISTINCT FROM ${after} THEN ${literal(name)} END`
  })
  return withoutNulls(marks)
}

/** SQL list of texts, without the NULL ones. */
export const withoutNulls = (items: readonly string[]): string =>
  items.length === 0 ? `[]::VARCHAR[]` : `list_filter([${items.join(', ')}], lambda item: item IS NOT NULL)`

/** The rows that a change set is made of, before they are numbered. */
export interface ChangeRows {
  /** Table or SELECT in brackets with `op`, `changed`, and the `key.`, `before.` and `after.` columns. */
  readonly from: string
  readonly key: readonly string[]
  readonly columns: readonly ChangedColumn[]
  /** SQL by which changes of one key are put in order, where a key may have several. */
  readonly tieBreakers?: readonly string[]
}

/** SQL order of keys: texts by their bytes, everything else by its value; NULL comes first. */
export const keyOrder = (key: readonly string[], tieBreakers: readonly string[] = []): string =>
  [...key.map((name) => `${quoted(changeColumn('key', name))} ASC NULLS FIRST`), ...tieBreakers].join(', ')

/**
 * Makes the table of a change set: the rows in the order of their keys, numbered.
 * One row per change; its columns are those of `model/change-set.ts`.
 */
export async function createChangeSet(db: Evidence, rows: ChangeRows): Promise<ChangeSet> {
  const { from, key, columns, tieBreakers } = rows
  const table = freshName(db, 'changes')
  const cells = [
    ...key.map((name) => changeColumn('key', name)),
    ...columns.map(({ name }) => changeColumn('before', name)),
    ...columns.map(({ name }) => changeColumn('after', name)),
  ]
  await db.run(
    `CREATE TABLE ${table} AS SELECT row_number() OVER (ORDER BY ${keyOrder(key, tieBreakers)}) AS position, op, changed,
       ${cells.map(quoted).join(', ')} FROM ${from} ORDER BY position`,
  )
  return { table, key, columns }
}
