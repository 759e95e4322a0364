/**
 * Candidates where a key may be on many rows: rows that are the same on both sides pair off one by one; of what is left
 * of a key, the rows pair in the order of their content. The fold of history counts updates in the same way.
 */
import { quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type Candidates, calledIn, keyedRows, type Plan, STATE } from './candidates.js'
import { freshName } from './table-names.js'
import type { SideName } from './ways.js'

export async function findMultisetCandidates(db: Evidence, plan: Plan): Promise<Candidates> {
  const { way, columns, equality } = plan
  const keys = columns.key.map((_, index) => `k${index}`)
  /** Rows numbered within key and content. As text a row of values cannot be mistaken for another. */
  const numbered = (side: SideName): string => {
    const content = columns.compared.map((column) => equality(column).keyText(way.cell(side, column, quoted), side))
    const said = content.length === 0 ? `''` : `row(${content.join(', ')})::VARCHAR`
    return `(SELECT *, row_number() OVER (PARTITION BY ${[...keys, 'said'].join(', ')} ORDER BY line) AS copy
      FROM (SELECT *, ${said} AS said FROM ${keyedRows(plan, side)}))`
  }
  const same = (parts: readonly string[]): string =>
    parts.map((part) => `o.${part} IS NOT DISTINCT FROM n.${part}`).join(' AND ')
  const left = { old: freshName(db, 'left_old'), new: freshName(db, 'left_new') }
  for (const [side, other] of [
    ['old', 'new'],
    ['new', 'old'],
  ] as const) {
    await db.run(
      `CREATE TEMP TABLE ${left[side]} AS SELECT *, row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY said, copy) AS place
       FROM ${numbered(side)} o WHERE NOT EXISTS (SELECT 1 FROM ${numbered(other)} n WHERE ${same([...keys, 'said', 'copy'])})`,
    )
  }
  const table = freshName(db, 'candidates')
  const cells = (['old', 'new'] as const).flatMap((side) =>
    way.payload(side).map((name) => `${side === 'old' ? 'o' : 'n'}.${quoted(name)} AS ${calledIn(side)(name)}`),
  )
  await db.run(
    `CREATE TABLE ${table} AS SELECT CASE WHEN n.place IS NULL THEN ${STATE.onlyOld} WHEN o.place IS NULL THEN ${STATE.onlyNew}
       ELSE ${STATE.differs} END::UTINYINT AS state, ${cells.join(', ')}
     FROM ${left.old} o FULL JOIN ${left.new} n ON ${same([...keys, 'place'])};
     DROP TABLE ${left.old}; DROP TABLE ${left.new}`,
  )
  const found = await db.rows(`SELECT state, count(*) AS n FROM ${table} GROUP BY state`)
  const count = (state: number): number => Number(found.find((row) => row.state === state)?.n ?? 0)
  const old = Number((await db.rows(`SELECT count(*) AS n FROM ${way.rows('old')}`))[0]?.n)
  const counts = { onlyOld: count(STATE.onlyOld), onlyNew: count(STATE.onlyNew), differs: count(STATE.differs), bad: 0 }
  return { table, counts: { ...counts, same: old - counts.onlyOld - counts.differs } }
}
