/** Second step of a diff: what the rows that are not the same amount to, value by value. */
import { changeColumn } from '../model/change-set.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type Candidates, calledIn, type Plan, STATE } from './candidates.js'
import { withoutNulls } from './change-table.js'
import type { MatchedColumn } from './match-columns.js'
import type { SideName } from './ways.js'

const has = (column: MatchedColumn, side: SideName): boolean => (side === 'old' ? column.old : column.new) !== null

/** The first value of a candidate that is none of its declared type; null when all are. */
export async function findUnreadable(
  db: Evidence,
  plan: Plan,
  { table }: Pick<Candidates, 'table'>,
): Promise<{ side: SideName; column: string; value: string; line: number | null; count: number } | null> {
  for (const side of ['old', 'new'] as const) {
    const present = side === 'old' ? [STATE.onlyOld, STATE.differs] : [STATE.onlyNew, STATE.differs]
    for (const column of plan.columns.all) {
      const test = plan.equality(column).unreadable
      if (test === null || !has(column, side)) continue
      const cell = plan.way.cell(side, column, calledIn(side))
      const line = plan.way.line(calledIn(side)) ?? 'NULL'
      const [bad] = await db.rows(
        `SELECT count(*) AS n, arg_min((${cell})::VARCHAR, ${line === 'NULL' ? '0' : line}) AS value, min(${line}) AS line
         FROM ${table} WHERE state IN (${present.join(', ')}) AND (${test(cell, side)})`,
      )
      if (Number(bad?.n) === 0) continue
      const place = bad?.line == null ? null : Number(bad.line)
      return { side, column: column.name, value: String(bad?.value), line: place, count: Number(bad?.n) }
    }
  }
  return null
}

/**
 * SELECT of what the candidates amount to. One row per change, and per pair that differs in ignored columns only (`op`
 * `none`): `op`, `changed`, `ignored` (columns), and the `key.`, `before.` and `after.` columns of a change set.
 */
export function classified({ way, columns, equality }: Plan, { table }: Pick<Candidates, 'table'>): string {
  const value = (side: SideName, column: MatchedColumn): string => {
    const rule = equality(column)
    if (!has(column, side)) return `NULL::${rule.type}`
    const absent = side === 'old' ? STATE.onlyNew : STATE.onlyOld
    return `CASE WHEN state <> ${absent} THEN ${rule.value(way.cell(side, column, calledIn(side)), side)} END`
  }
  const sides = [
    ['old', 'before'],
    ['new', 'after'],
  ] as const
  const values = sides.flatMap(([side, name]) =>
    columns.all.map((column) => `${value(side, column)} AS ${quoted(changeColumn(name, column.name))}`),
  )
  const differing = (which: readonly MatchedColumn[]): string =>
    withoutNulls(
      which.map(({ name, ...places }) => {
        const [before, after] = [quoted(changeColumn('before', name)), quoted(changeColumn('after', name))]
        return `CASE WHEN NOT (${equality({ name, ...places }).equal(before, after)}) THEN ${literal(name)} END`
      }),
    )
  const keys = columns.key.map(({ name }) => {
    const [before, after] = [quoted(changeColumn('before', name)), quoted(changeColumn('after', name))]
    return `CASE WHEN state = ${STATE.onlyOld} THEN ${before} ELSE ${after} END AS ${quoted(changeColumn('key', name))}`
  })
  const both = `state = ${STATE.differs}`
  return `SELECT CASE state WHEN ${STATE.onlyOld} THEN 'delete' WHEN ${STATE.onlyNew} THEN 'create'
      ELSE CASE WHEN len(changed) > 0 THEN 'update' ELSE 'none' END END AS op, * EXCLUDE (state)
    FROM (SELECT *, CASE WHEN ${both} THEN ${differing(columns.compared)} ELSE [] END AS changed,
        CASE WHEN ${both} THEN ${differing(columns.ignored)} ELSE [] END AS ignored, ${keys.join(', ')}
      FROM (SELECT state, ${values.join(', ')} FROM ${table} WHERE state IN (${STATE.onlyOld}, ${STATE.onlyNew}, ${STATE.differs})))
    WHERE state <> ${STATE.differs} OR len(changed) + len(ignored) > 0`
}
