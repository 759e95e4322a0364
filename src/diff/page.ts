/** A page of changes for people to look at, read from the change set. */

import { textSql } from '../ingest/index.js'
import { type ChangeOp, type ChangeSet, type ChangeSide, changeColumn } from '../model/change-set.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { ChangesToWrite } from './write-changes.js'

/** Column → text as it is shown; null for no value. */
export type ShownRow = Readonly<Record<string, string | null>>

export interface ShownChange {
  /** From 1, in the order of the keys. */
  readonly position: number
  readonly op: ChangeOp
  readonly key: ShownRow
  readonly before: ShownRow | null
  readonly after: ShownRow | null
  readonly changed: readonly string[]
}

/** Which changes to show; absent parts do not restrict. */
export interface ChangeFilter {
  readonly op?: ChangeOp | undefined
  /** Updates of this column. */
  readonly column?: string | undefined
  /** A text in a part of the key, whatever its case. */
  readonly key?: string | undefined
}

/** SQL for a value as people read it: a decimal without the zeros of its type. */
export function shownText(value: string, type: string): string {
  if (type === 'VARCHAR') return value
  return /^DECIMAL\(\d+,[1-9]/.test(type) ? `regexp_replace(${value}::VARCHAR, '[.]?0+$', '')` : textSql(value, type)
}

function conditionsOf({ key, columns }: ChangeSet, { op, column, key: text }: ChangeFilter): string[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  const parts = key.map((name) => shownText(quoted(changeColumn('key', name)), types.get(name) ?? 'VARCHAR'))
  return [
    ...(op === undefined ? [] : [`op = ${literal(op)}`]),
    ...(column === undefined ? [] : [`list_contains(changed, ${literal(column)})`]),
    ...(text === undefined
      ? []
      : [
          `(${parts.map((part) => `coalesce(contains(lower(${part}), lower(${literal(text)})), false)`).join(' OR ')})`,
        ]),
  ]
}

/** The change set of those changes that pass the filter. */
export function filteredChanges(changeSet: ChangeSet, filter: ChangeFilter): ChangeSet {
  const conditions = conditionsOf(changeSet, filter)
  if (conditions.length === 0) return changeSet
  return { ...changeSet, table: `(SELECT * FROM ${changeSet.table} WHERE ${conditions.join(' AND ')})` }
}

/** Changes after the first `offset` of those that pass the filter, at most `limit`, and how many pass. */
export async function changePage(
  db: Evidence,
  { changeSet, sides }: Pick<ChangesToWrite, 'changeSet' | 'sides'>,
  { offset, limit, filter }: { readonly offset: number; readonly limit: number; readonly filter: ChangeFilter },
): Promise<{ changes: ShownChange[]; total: number }> {
  const types = new Map(changeSet.columns.map(({ name, type }) => [name, type]))
  const columns: readonly (readonly [ChangeSide, readonly string[]])[] = [
    ['key', changeSet.key],
    ['before', sides.old],
    ['after', sides.new],
  ]
  const cells = columns.flatMap(([side, names]) =>
    names.map((name) => {
      const full = quoted(changeColumn(side, name))
      return `${shownText(full, types.get(name) ?? 'VARCHAR')} AS ${full}`
    }),
  )
  const conditions = conditionsOf(changeSet, filter)
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const [counted] = await db.rows(`SELECT count(*) AS n FROM ${changeSet.table} ${where}`)
  // Without a filter the places are the positions, and only the blocks that hold them are read.
  const window =
    conditions.length === 0
      ? `WHERE position > ${offset} AND position <= ${offset + limit} ORDER BY position`
      : `${where} ORDER BY position LIMIT ${limit} OFFSET ${offset}`
  const rows = await db.rows(`SELECT position, op, changed, ${cells.join(', ')} FROM ${changeSet.table} ${window}`)
  const changes = rows.map((row): ShownChange => {
    const side = (which: ChangeSide, names: readonly string[]): ShownRow =>
      Object.fromEntries(names.map((name) => [name, (row[changeColumn(which, name)] ?? null) as string | null]))
    const op = String(row.op) as ChangeOp
    return {
      position: Number(row.position),
      op,
      key: side('key', changeSet.key),
      before: op === 'create' ? null : side('before', sides.old),
      after: op === 'delete' ? null : side('after', sides.new),
      changed: row.changed as readonly string[],
    }
  })
  return { changes, total: Number(counted?.n) }
}
