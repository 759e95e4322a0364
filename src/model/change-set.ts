/**
 * A change set as a relation: what differs between two snapshots, one row per key whose row was created, updated or
 * deleted. Whoever makes one (the diff of two files, the history of a feed, a file of changes that somebody else wrote)
 * gives it this shape, and whoever reads one (writers, alert rules, verification) relies on it.
 *
 * Columns, flat, because casts inside a struct of a stored table cannot be tried:
 * - `position` BIGINT: 1, 2, 3 … in the order of the keys
 * - `op` VARCHAR: `create`, `update` or `delete`
 * - `changed` VARCHAR[]: the columns that differ, in the order of the columns; empty unless `op` is `update`
 * - `key.<column>` for each column of the key, never all NULL
 * - `before.<column>` and `after.<column>` for every column, those of the key included: the whole row as it was and as
 *   it is. All `before` are NULL for `create`, all `after` for `delete`
 */

/** What happened to a key. */
export const CHANGE_OPS = ['create', 'update', 'delete'] as const
export type ChangeOp = (typeof CHANGE_OPS)[number]

/** Which of the three rows of a change a column belongs to. */
export type ChangeSide = 'key' | 'before' | 'after'

/** The columns of a change set besides those of its rows, in order. */
export const CHANGE_COLUMNS = ['position', 'op', 'changed'] as const

/** A column of the rows that a change set is about; `type` is DuckDB's name of its type. */
export interface ChangedColumn {
  readonly name: string
  readonly type: string
}

/** What is in a change set: its table, the columns of its rows in order, and which of them are the key, in order. */
export interface ChangeSet {
  readonly table: string
  readonly key: readonly string[]
  readonly columns: readonly ChangedColumn[]
}

/** Name of the flat column that holds one side's value: `before.price`. Unquoted: quote it in SQL. */
export function changeColumn(side: ChangeSide, column: string): string {
  return `${side}.${column}`
}
