/**
 * The degrees of a whole catalogue, by the same relations that answer for one recording: worked out once for each shape
 * that recordings have (see `shapes.ts`), at the days and territories at which its facts make a difference. Shapes that
 * were worked out before are kept, so that a derivation after an ingest works out what is new.
 */
import { createHash } from 'node:crypto'
import { ATOMS } from '../../model/territories/territory-set.js'
import { literal } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { resolveKnowledge } from '../../store/evidence/knowledge.js'
import { RIGHTS, type Right } from '../ask.js'
import { DEGREE_STEPS, IDENTITY_STEPS, type Step, workOut } from '../pipeline.js'
import { sqlAsked, sqlTerritoryCells } from '../points.js'
import newCells from './new_cells.sql'
import pieces from './pieces.sql'
import profileCells from './profile_cells.sql'
import profiles from './profiles.sql'
import { seeCatalogue } from './see.js'
import segments from './segments.sql'
import shapeSegments from './shape_segments.sql'
import { findCellShapes, findShapes, SHAPE_TEXTS } from './shapes.js'
import tables from './tables.sql'

export interface DeriveProgress {
  readonly phase: 'facts' | 'degrees'
  readonly done: number
  readonly of: number
}

export interface DeriveResult {
  /** Day of the last receipt: what was known then is what is derived. */
  readonly known: string
  readonly recordings: number
  /** Recordings with another shape than at the last derivation, or none. */
  readonly changed: number
  /** Different shapes of all, and those that had to be worked out. */
  readonly shapes: number
  readonly workedOut: number
  readonly segments: number
  /** Segments by status, for each right. */
  readonly rights: readonly { readonly right: Right; readonly segments: Readonly<Record<string, number>> }[]
}

/** Shapes worked out at once: measured, their relations take some 2 GB. */
const PART = 20_000

/** Where the facts of `asked_shapes` make a difference: sets of countries that none of them tells apart. */
export const CELL_STEPS: readonly Step[] = [
  ['profiles', profiles],
  ['profile_cells', profileCells],
  ['territory_cells', sqlTerritoryCells('(SELECT DISTINCT cell FROM profile_cells)')],
]

/** When those of `new_cells` do. */
const POINT_STEPS: readonly Step[] = [
  ['pieces', pieces],
  ['points', 'SELECT DISTINCT recording, cell, day FROM pieces'],
  ['asked_recordings', 'SELECT DISTINCT recording FROM new_cells'],
]

const THEORIES = ['fractional']

/** Whatever else a degree rests on: with another text of a rule, or other territories, no shape is as it was. */
const RULES = createHash('sha256')
  .update(
    JSON.stringify([
      IDENTITY_STEPS,
      DEGREE_STEPS,
      CELL_STEPS,
      POINT_STEPS,
      SHAPE_TEXTS,
      newCells,
      segments,
      shapeSegments,
      ATOMS,
    ]),
  )
  .digest('hex')

/** Makes what shapes are found with, besides the identities. */
export const sqlForShapes = (rights: readonly Right[]): string => `${sqlAsked(rights, THEORIES)};
  CREATE OR REPLACE TEMP TABLE atoms AS SELECT ${ATOMS.length} AS count;
  CREATE OR REPLACE TEMP TABLE salts AS
    SELECT "right", hash(${literal(RULES)}, "right" IN (FROM licence_rights)) AS salt FROM asked_rights`

/** Works out the degrees as known at the last receipt into the tables of `derived`. */
export async function deriveCatalogue(
  db: Evidence,
  onProgress: (progress: DeriveProgress) => void = () => undefined,
): Promise<DeriveResult> {
  const knowledge = await resolveKnowledge(db, undefined)
  await seeCatalogue(db, knowledge)
  await db.run(`${sqlForShapes(RIGHTS)};\n${tables}`)
  await findShapes(db, (done, of) => onProgress({ phase: 'facts', done, of }))
  const changed = await countChanged(db)
  const workedOut = await workOutShapes(db, (done, of) => onProgress({ phase: 'degrees', done, of }))
  await db.run(`CREATE OR REPLACE TABLE derived.recordings AS
      SELECT recording, "right", high, low, dates FROM shapes ORDER BY recording, "right";
    DELETE FROM derived.cell_degrees WHERE salt NOT IN (SELECT salt FROM salts);
    DELETE FROM derived.shape_degrees WHERE (high, low, "right") NOT IN (SELECT (high, low, "right") FROM shapes)`)
  return { known: knowledge.label, changed, workedOut, ...(await count(db)) }
}

async function countChanged(db: Evidence): Promise<number> {
  const [row] = await db.rows(`SELECT count(DISTINCT recording) AS n FROM shapes AS s
    LEFT JOIN derived.recordings AS r USING (recording, "right")
    WHERE (s.high, s.low, s.dates) IS DISTINCT FROM (r.high, r.low, r.dates)`)
  return Number(row?.n)
}

/** Works out the shapes that nobody had before; returns how many they were. */
async function workOutShapes(db: Evidence, onPart: (done: number, of: number) => void): Promise<number> {
  await db.run(`CREATE OR REPLACE TEMP TABLE new_shapes AS
    SELECT *, (row_number() OVER (PARTITION BY "right" ORDER BY len(dates), high, low) - 1) // ${PART} AS part FROM (
      SELECT "right", high, low, min(recording) AS recording, arg_min(dates, recording) AS dates,
        arg_min(territories, recording) AS territories
      FROM shapes WHERE (high, low, "right") NOT IN (SELECT (high, low, "right") FROM derived.shape_degrees)
      GROUP BY "right", high, low
    ) AS each`)
  const parts = await db.rows('SELECT "right", part, count(*) AS n FROM new_shapes GROUP BY ALL ORDER BY ALL')
  const all = parts.reduce((sum, { n }) => sum + Number(n), 0)
  let done = 0
  for (const { right, part, n } of parts) {
    await db.run(`${sqlAsked([String(right)], THEORIES)};
      CREATE OR REPLACE TEMP TABLE asked_shapes AS
        SELECT * FROM new_shapes WHERE "right" = ${literal(String(right))} AND part = ${Number(part)}`)
    await workOut(db, [
      ...CELL_STEPS,
      ['asked_cells', 'SELECT p.recording, c.cell FROM profiles AS p JOIN profile_cells AS c USING (profile)'],
    ])
    await findCellShapes(db)
    await workOut(db, [['new_cells', newCells], ...POINT_STEPS, ...DEGREE_STEPS])
    await db.run(`INSERT INTO derived.cell_degrees ${segments}`)
    await db.run(`INSERT INTO derived.shape_degrees ${shapeSegments}`)
    done += Number(n)
    onPart(done, all)
  }
  return all
}

async function count(db: Evidence): Promise<Pick<DeriveResult, 'recordings' | 'shapes' | 'segments' | 'rights'>> {
  const [counted] = await db.rows(`SELECT count(DISTINCT recording) AS recordings,
    count(DISTINCT (high, low, "right")) AS shapes FROM derived.recordings`)
  const rows = await db.rows(`SELECT "right", status, sum(s.n * r.n)::BIGINT AS n
    FROM (SELECT high, low, "right", status, count(*) AS n FROM derived.shape_degrees GROUP BY ALL) AS s
    JOIN (SELECT high, low, "right", count(*) AS n FROM derived.recordings GROUP BY ALL) AS r USING (high, low, "right")
    GROUP BY ALL ORDER BY ALL`)
  const rights = RIGHTS.map((right) => {
    const own = rows.filter((row) => row.right === right)
    return { right, segments: Object.fromEntries(own.map(({ status, n }) => [String(status), Number(n)])) }
  })
  return {
    recordings: Number(counted?.recordings),
    shapes: Number(counted?.shapes),
    segments: rows.reduce((sum, { n }) => sum + Number(n), 0),
    rights,
  }
}
