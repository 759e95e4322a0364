/** How segments are stored: sets of countries once each, with a number. */
import type { Evidence } from '../../../store/duckdb.js'
import { type Step, workOut } from '../../pipeline.js'
import placedSets from './placed_sets.sql'

/** What is stored is made of these. */
export const STORED = [placedSets]

/** Stores what a query says for each set of cells (recording_placed.sql, work_placed.sql) in a table of segments. */
export async function storeSegments(
  db: Evidence,
  table: 'shape_segments' | 'work_segments',
  placed: string,
): Promise<void> {
  const steps: readonly Step[] = [
    ['placed', placed],
    ['placed_sets', placedSets],
  ]
  await workOut(db, steps)
  await db.run(`INSERT INTO derived.country_sets
      SELECT (SELECT coalesce(max(country_set), 0) FROM derived.country_sets) + row_number() OVER (), territories
      FROM (SELECT DISTINCT territories FROM placed_sets WHERE territories NOT IN (SELECT territories FROM derived.country_sets)) AS t;
    INSERT INTO derived.${table} BY NAME
      SELECT p.* EXCLUDE (profile, cells), s.country_set
      FROM placed AS p JOIN placed_sets AS c USING (profile, cells) JOIN derived.country_sets AS s USING (territories)`)
}

/** One row per (set, country) of all that are stored. */
export const SET_COUNTRIES: Step = [
  'set_countries',
  'SELECT country_set, unnest(territories) AS atom FROM derived.country_sets',
]

/** Removes the sets that nothing stored uses. */
export const sqlForgetSets = `DELETE FROM derived.country_sets WHERE country_set NOT IN (
  SELECT country_set FROM derived.shape_segments UNION SELECT country_set FROM derived.work_segments)`
