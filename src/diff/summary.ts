/** From what is not the same to the answer: the change set and everything that is counted. */

import { changeColumn } from '../model/change-set.js'
import { quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { concentrations, countBy } from './attribution.js'
import { createChangeSet } from './change-table.js'
import { classified } from './classify.js'
import { findColumn } from './match-columns.js'
import type { Diff, DiffOptions } from './request.js'
import type { Side } from './sides.js'
import { freshName } from './table-names.js'
import type { SideName } from './ways.js'
import { statedPolicy, type Worked } from './worked.js'

/** Rows of both files together up to which it costs next to nothing to look for where changes concentrate. */
const CHEAP_ROWS = 200_000

export async function summarise(
  db: Evidence,
  worked: Worked,
  sides: Readonly<Record<SideName, Side>>,
  options: DiffOptions,
): Promise<Diff> {
  const { plan, candidates, rows } = worked
  options.reporter?.phase('Sum up')
  const table = freshName(db, 'classified')
  await db.run(`CREATE TABLE ${table} AS ${classified(plan, candidates)}; DROP TABLE ${candidates.table}`)
  const ops = await db.rows(`SELECT op, count(*) AS n FROM ${table} GROUP BY op`)
  const count = (op: string): number => Number(ops.find((row) => row.op === op)?.n ?? 0)
  const [created, updated, deleted] = [count('create'), count('update'), count('delete')]
  const columns = plan.columns.all.map((column) => ({ name: column.name, type: plan.equality(column).type }))
  const changeSet = await createChangeSet(db, {
    from: `(SELECT * FROM ${table} WHERE op <> 'none')`,
    key: plan.columns.key.map(({ name }) => name),
    columns,
    tieBreakers: tieBreakers(
      columns.map(({ name }) => name),
      options,
    ),
  })
  const changed = await tally(db, table, 'changed')
  const ignored = await tally(db, table, 'ignored')
  const by =
    options.by === undefined ? null : await countBy(db, plan, table, byColumn(worked, sides, options, options.by))
  const isCheap = rows.old + rows.new <= CHEAP_ROWS
  const where = (options.concentration ?? isCheap) ? await concentrations(db, plan, table, rows) : null
  await db.run(`DROP TABLE ${table}`)
  const names = (side: SideName) => plan.columns.all.filter((column) => column[side] !== null).map(({ name }) => name)
  return {
    changeSet,
    sides: { old: names('old'), new: names('new') },
    rows,
    counts: { created, updated, deleted, unchanged: rows.old - updated - deleted },
    schema: plan.columns.schema,
    changed: new Map(
      plan.columns.compared.flatMap(({ name }) => (changed.has(name) ? [[name, changed.get(name) ?? 0]] : [])),
    ),
    ignored: new Map(plan.columns.ignored.map(({ name }) => [name, ignored.get(name) ?? 0])),
    duplicateKeys: worked.duplicateKeys,
    leftOut: worked.leftOut,
    by,
    concentrations: where,
    policy: statedPolicy(plan, options, sides.old.hasNulls !== sides.new.hasNulls),
    way: plan.way.name,
    partitions: 1,
    sha256: { old: sides.old.opened.source.sha256, new: sides.new.opened.source.sha256 },
  }
}

/** The column to count by. Throws UsageError `unknown-column`. */
function byColumn({ plan }: Worked, { old }: Readonly<Record<SideName, Side>>, options: DiffOptions, name: string) {
  return findColumn(plan.columns.all, old.names, name, options)
}

/** Where a key may have several changes, they follow each other in the order of what they say. */
function tieBreakers(columns: readonly string[], { onDuplicate }: DiffOptions): string[] {
  if (onDuplicate !== 'multiset') return []
  const cells = (['before', 'after'] as const).flatMap((side) =>
    columns.map((name) => quoted(changeColumn(side, name))),
  )
  return ['op', ...cells.map((cell) => `${cell} ASC NULLS FIRST`)]
}

async function tally(db: Evidence, table: string, list: 'changed' | 'ignored'): Promise<Map<string, number>> {
  const rows = await db.rows(
    `SELECT name, count(*) AS n FROM (SELECT unnest(${list}) AS name FROM ${table} WHERE len(${list}) > 0) GROUP BY name`,
  )
  return new Map(rows.map(({ name, n }) => [String(name), Number(n)]))
}
