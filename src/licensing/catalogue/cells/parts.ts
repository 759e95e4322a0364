/** What works and recordings are worked out with, part by part: where and when the facts of a shape make a difference. */
import { literal } from '../../../store/columns.js'
import type { Evidence } from '../../../store/duckdb.js'
import type { Step } from '../../pipeline.js'
import { sqlAsked, sqlTerritoryCells } from '../../points.js'
import { atOnce, type Need } from '../room.js'
import pieces from './pieces.sql'
import profileCells from './profile_cells.sql'
import profiles from './profiles.sql'
import segments from './segments.sql'

/** What is worked out at once, in units of `WEIGHT`. */
const ROOM: Need = { bytesEach: 1_000, most: 2_000_000 }

/** Of a shape: days at which its facts change, times texts of territories, times works. Some weigh ten thousand times as much as others. */
const WEIGHT = '((len(dates) + 1) * (len(territories) + 1) * coalesce(w.works, 1))'

/** The catalogue is derived under these. */
export const THEORIES = ['fractional']

/** Where the facts of `asked_shapes` make a difference: sets of countries that none of them tells apart. */
export const CELL_STEPS: readonly Step[] = [
  ['profiles', profiles],
  ['profile_cells', profileCells],
  ['territory_cells', sqlTerritoryCells('(SELECT DISTINCT cell FROM profile_cells)')],
]

/** When those of `dated_cells` do. */
export const PIECES: Step = ['pieces', pieces]

/** The neighbours of `stretched` with equal results joined. */
export const SEGMENTS: Step = ['segments', segments]

/** SQL that leaves only the rows of a temporary table that a condition holds for. */
export const sqlNarrowed = (table: string, condition: string): string =>
  `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT * FROM ${table} WHERE ${condition}`

interface NewShapes {
  /** Table of shapes, one row per (thing, right), and its column that names the thing. */
  readonly shapes: string
  readonly thing: string
  /** Query of how many works bear on a thing, one row per `thing`; what it leaves out is taken as one. */
  readonly works: string
  /** Table of what was worked out before, by shape. */
  readonly known: string
  /** Makes less of the facts: those of the things of `new_shapes`, so that no part reads all. */
  readonly narrow: string
}

/**
 * Works out the shapes that nobody had before, one right and part after the other: `work` finds each part in
 * `asked_shapes`, a thing for each shape. Returns how many they were.
 */
export async function eachNewPart(
  db: Evidence,
  { shapes, thing, works, known, narrow }: NewShapes,
  work: () => Promise<void>,
  onPart: (done: number, of: number) => void,
): Promise<number> {
  const size = await atOnce(db, ROOM)
  await db.run(`CREATE OR REPLACE TEMP TABLE new_shapes AS
    SELECT * EXCLUDE (works), sum(${WEIGHT}) OVER (PARTITION BY "right" ORDER BY ${WEIGHT}, high, low) // ${size} AS part
    FROM ${shapes} JOIN (
      SELECT "right", high, low, min("${thing}") AS thing
      FROM ${shapes} WHERE (high, low, "right") NOT IN (SELECT (high, low, "right") FROM ${known})
      GROUP BY "right", high, low
    ) AS each USING ("right", high, low) LEFT JOIN (${works}) AS w USING (thing) WHERE "${thing}" = thing`)
  const parts = await db.rows('SELECT "right", part, count(*) AS n FROM new_shapes GROUP BY ALL ORDER BY ALL')
  const all = parts.reduce((sum, { n }) => sum + Number(n), 0)
  if (all > 0) await db.run(narrow)
  let done = 0
  for (const { right, part, n } of parts) {
    await db.run(`${sqlAsked([String(right)], THEORIES)};
      CREATE OR REPLACE TEMP TABLE asked_shapes AS
        SELECT * FROM new_shapes WHERE "right" = ${literal(String(right))} AND part = ${Number(part)}`)
    await work()
    done += Number(n)
    onPart(done, all)
  }
  return all
}
