/** First step of a diff: one full join by key, which keeps of equal rows nothing but that they are there. */
import { quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { ColumnEquality } from './equality.js'
import type { MatchedColumn, MatchedColumns } from './match-columns.js'
import { freshName } from './table-names.js'
import { keyTexts, type SideName, type Way } from './ways.js'

/** How a row of the join came about. */
export const STATE = { same: 0, onlyOld: 1, onlyNew: 2, differs: 3, bad: 4 } as const

export interface Plan {
  readonly way: Way
  readonly columns: MatchedColumns
  equality(column: MatchedColumn): ColumnEquality
}

export interface Candidates {
  /**
   * Table with a row per pair of rows of one key and per row without a partner: `state`, and the payload of both sides
   * as `o_…` and `n_…`, all NULL where both rows are the same.
   */
  readonly table: string
  /** Rows of the table by state. */
  readonly counts: Readonly<Record<keyof typeof STATE, number>>
}

/** How a column of the payload is called in the table of candidates. */
export const calledIn =
  (side: SideName) =>
  (payload: string): string =>
    quoted(`${side === 'old' ? 'o' : 'n'}_${payload}`)

/**
 * A SELECT in brackets of a side's payload with the texts of its key, `k0`, `k1`, …; `keyed` is NULL for an empty key,
 * which then meets no other; `bad` for rows that cannot be read.
 */
export function keyedRows(
  { way, columns, equality }: Plan,
  side: SideName,
  from: string = way.rows(side),
  checked = true,
): string {
  const texts = keyTexts(way, side, columns.key, equality)
  const unreadable = columns.key.flatMap((column) => {
    const test = equality(column).unreadable
    return test === null ? [] : [`(${test(way.scan(side).cell(column), side)})`]
  })
  const checks = [...(checked ? [way.scan(side).isBad] : []), ...unreadable]
  const keys = texts.map((_, index) => `k${index}`)
  return `(SELECT *, CASE WHEN ${keys.map((key) => `nullif(${key}, '') IS NULL`).join(' AND ')} THEN NULL ELSE true END AS keyed
    FROM (SELECT ${way.payload(side).map(quoted).join(', ')}, ${texts.map((text, index) => `${texts.length === 1 ? `nullif(${text}, '')` : text} AS k${index}`).join(', ')},
      ${checks.length === 0 ? 'false' : checks.join(' OR ')} AS bad FROM ${way.scan(side).rows(from)}))`
}

/** SQL condition: rows `o` and `n` have the same key, and it is not empty. A part without value is only like another such. */
export const sameKey = (keys: number): string =>
  keys === 1
    ? 'o.k0 = n.k0'
    : [
        ...Array.from({ length: keys }, (_, index) => `o.k${index} IS NOT DISTINCT FROM n.k${index}`),
        'o.keyed = n.keyed',
      ].join(' AND ')

/**
 * Joins both sides. Null when the join has more rows than both sides together, which only repeated keys can bring about:
 * it is then cut short before it grows with the product of their numbers.
 * @param rows rows of both sides
 */
export async function findCandidates(
  db: Evidence,
  plan: Plan,
  rows: { readonly old: number; readonly new: number },
  from: { readonly old?: string; readonly new?: string } = {},
): Promise<Candidates | null> {
  const { way, columns } = plan
  const table = freshName(db, 'candidates')
  const cells = (['old', 'new'] as const).flatMap((side) => {
    const alias = side === 'old' ? 'o' : 'n'
    return way.payload(side).map((name) => ({ source: `${alias}.${quoted(name)}`, called: calledIn(side)(name) }))
  })
  // Of two rows that are the same to the letter, one is looked at; old rows that are not are looked at below.
  const [first] = way.payload('old').map(quoted)
  const state = `CASE WHEN n.bad OR o.bad THEN ${STATE.bad} WHEN n.${first} IS NULL THEN ${STATE.onlyOld} WHEN o.${first} IS NULL THEN ${STATE.onlyNew}
    WHEN ${way.differs} THEN ${STATE.differs} ELSE ${STATE.same} END::UTINYINT`
  const most = rows.old + rows.new
  await db.run(
    `CREATE TABLE ${table} AS
     SELECT state, ${cells.map(({ called }) => `CASE WHEN state <> 0 THEN ${called} END AS ${called}`).join(', ')}
     FROM (SELECT ${state} AS state,
         ${cells.map(({ source, called }) => `${source} AS ${called}`).join(', ')}
       FROM ${keyedRows(plan, 'old', from.old, way.name === 'columns')} o
       FULL JOIN ${keyedRows(plan, 'new', from.new)} n ON ${sameKey(columns.key.length)})
     LIMIT ${most + 1}`,
  )
  const isBad = `state IN (${STATE.onlyOld}, ${STATE.differs}) AND (${way.isBad('old', calledIn('old'))})`
  const found = await db.rows(
    `SELECT CASE WHEN ${isBad} THEN ${STATE.bad} ELSE state END AS state, count(*) AS n FROM ${table} GROUP BY 1`,
  )
  const count = (state: number): number => Number(found.find((row) => row.state === state)?.n ?? 0)
  const counts = Object.fromEntries(Object.entries(STATE).map(([name, state]) => [name, count(state)]))
  if (found.reduce((sum, { n }) => sum + Number(n), 0) <= most) {
    return { table, counts: counts as Record<keyof typeof STATE, number> }
  }
  await db.run(`DROP TABLE ${table}`)
  return null
}

/**
 * Whether every key is on one row of each side. With J pairs, D rows of the old side alone and C of the new one: J + D
 * and J + C are the rows of the sides, and no key repeats among D or C. Proof: the pairs of a key are the product of its
 * rows on both sides; products of positive whole numbers that add up to the sum of either factor have the other one 1.
 */
export async function hasSingleKeys(
  db: Evidence,
  plan: Plan,
  { table, counts }: Candidates,
  rows: { readonly old: number; readonly new: number },
): Promise<boolean> {
  const pairs = counts.same + counts.differs
  if (counts.bad > 0 || pairs + counts.onlyOld !== rows.old || pairs + counts.onlyNew !== rows.new) return false
  const { way, columns, equality } = plan
  for (const side of ['old', 'new'] as const) {
    const state = side === 'old' ? STATE.onlyOld : STATE.onlyNew
    const texts = columns.key.map((column) => equality(column).keyText(way.cell(side, column, calledIn(side)), side))
    const empty = texts.map((text) => `nullif(${text}, '') IS NULL`).join(' AND ')
    const [found] = await db.rows(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${table} WHERE state = ${state} GROUP BY ${texts.join(', ')} HAVING count(*) > 1 OR bool_or(${empty}))`,
    )
    if (Number(found?.n) > 0) return false
  }
  return true
}
