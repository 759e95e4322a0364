/** Whom changes belong to and where they concentrate: counts against all rows of the files, in one more scan of each. */
import { changeColumn } from '../model/change-set.js'
import { quoted } from '../store/columns.js'
import type { Evidence, SqlParameter } from '../store/duckdb.js'
import type { Plan } from './candidates.js'
import type { MatchedColumn } from './match-columns.js'
import type { Concentration, ValueCounts } from './request.js'
import type { SideName } from './ways.js'

/** Values listed at most. */
export const BY_LIMIT = 1000

const textOfCell = ({ way, equality }: Plan, side: SideName, column: MatchedColumn): string =>
  `(${equality(column).value(way.cell(side, column, quoted), side)})::VARCHAR`

/**
 * Rows and changes by value of a column, most changes first, then by value; at most `BY_LIMIT`.
 * @param table classified candidates
 */
export async function countBy(db: Evidence, plan: Plan, table: string, column: MatchedColumn): Promise<ValueCounts[]> {
  const rowsOf = (side: SideName): string =>
    column[side] === null
      ? 'SELECT NULL::VARCHAR AS value, 0 AS n WHERE false'
      : `SELECT ${textOfCell(plan, side, column)} AS value, count(*) AS n FROM ${plan.way.rows(side)} GROUP BY 1`
  const [before, after] = [quoted(changeColumn('before', column.name)), quoted(changeColumn('after', column.name))]
  const found = await db.rows(
    `SELECT value, sum("old") AS "old", sum("new") AS "new", sum(created) AS created, sum(updated) AS updated, sum(deleted) AS deleted
     FROM (SELECT value, n AS "old", 0 AS "new", 0 AS created, 0 AS updated, 0 AS deleted FROM (${rowsOf('old')})
       UNION ALL SELECT value, 0, n, 0, 0, 0 FROM (${rowsOf('new')})
       UNION ALL SELECT CASE WHEN op = 'create' THEN ${after} ELSE ${before} END::VARCHAR, 0, 0,
         count(*) FILTER (op = 'create'), count(*) FILTER (op = 'update'), count(*) FILTER (op = 'delete') FROM ${table} GROUP BY 1)
     GROUP BY value ORDER BY sum(created + updated + deleted) DESC, value NULLS FIRST LIMIT ${BY_LIMIT}`,
  )
  return found.map((row) => ({
    value: row.value === null ? null : String(row.value),
    old: Number(row.old),
    new: Number(row.new),
    created: Number(row.created),
    updated: Number(row.updated),
    deleted: Number(row.deleted),
  }))
}

/** Rows changed alike, below which nothing is said of where they are. */
const FEWEST = 10
/** The part of the changed rows that a value must have, and how many times more than of all rows. */
const LEAST_SHARE = 0.5
const LEAST_FACTOR = 1.5
const MOST = 5

const OPS = [
  { op: 'create', word: 'created', side: 'new', row: 'after' },
  { op: 'update', word: 'updated', side: 'old', row: 'before' },
  { op: 'delete', word: 'deleted', side: 'old', row: 'before' },
] as const

interface Suspect {
  readonly column: MatchedColumn
  readonly kind: (typeof OPS)[number]
  readonly value: string | null
  readonly changed: number
  readonly ofChanged: number
}

/**
 * Values that at least half of the created, updated or deleted rows have, and 1.5 times more often than all rows have:
 * at most five, the most telling first.
 */
export async function concentrations(
  db: Evidence,
  plan: Plan,
  table: string,
  rows: Readonly<Record<SideName, number>>,
): Promise<Concentration[]> {
  const suspects: Suspect[] = []
  for (const kind of OPS) {
    const [counted] = await db.rows(`SELECT count(*) AS n FROM ${table} WHERE op = '${kind.op}'`)
    const ofChanged = Number(counted?.n)
    if (ofChanged < FEWEST) continue
    for (const column of plan.columns.all) {
      if (column[kind.side] === null || plan.columns.key.includes(column)) continue
      const cell = `${quoted(changeColumn(kind.row, column.name))}::VARCHAR`
      const [top] = await db.rows(
        `SELECT ${cell} AS value, count(*) AS n FROM ${table} WHERE op = '${kind.op}' GROUP BY 1 ORDER BY n DESC, value LIMIT 1`,
      )
      const changed = Number(top?.n)
      if (changed < ofChanged * LEAST_SHARE) continue
      suspects.push({ column, kind, value: top?.value == null ? null : String(top.value), changed, ofChanged })
    }
  }
  const base = await baseCounts(db, plan, suspects)
  return suspects
    .map(({ column, kind, value, changed, ofChanged }, index) => ({
      column: column.name,
      value,
      op: kind.word,
      changed,
      ofChanged,
      rows: base[index] ?? 0,
      ofRows: rows[kind.side],
    }))
    .filter((one) => factorOf(one) >= LEAST_FACTOR)
    .sort((a, b) => factorOf(b) - factorOf(a) || (a.column < b.column ? -1 : 1) || (a.op < b.op ? -1 : 1))
    .slice(0, MOST)
}

/** How many times more often changed rows have the value than all rows have. */
export const factorOf = ({
  changed,
  ofChanged,
  rows,
  ofRows,
}: Omit<Concentration, 'column' | 'value' | 'op'>): number =>
  rows === 0 || ofChanged === 0 ? 0 : changed / ofChanged / (rows / ofRows)

async function baseCounts(db: Evidence, plan: Plan, suspects: readonly Suspect[]): Promise<number[]> {
  const counts = suspects.map(() => 0)
  for (const side of ['old', 'new'] as const) {
    const own = suspects.flatMap((suspect, index) => (suspect.kind.side === side ? [{ suspect, index }] : []))
    if (own.length === 0) continue
    const values: Record<string, SqlParameter> = {}
    const filters = own.map(({ suspect, index }) => {
      values[`v${index}`] = suspect.value
      return `count(*) FILTER (${textOfCell(plan, side, suspect.column)} IS NOT DISTINCT FROM $v${index}::VARCHAR) AS n${index}`
    })
    const [row] = await db.rows(`SELECT ${filters.join(', ')} FROM ${plan.way.rows(side)}`, values)
    for (const { index } of own) counts[index] = Number(row?.[`n${index}`])
  }
  return counts
}
