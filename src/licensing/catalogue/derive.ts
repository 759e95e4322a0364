/**
 * The degrees of a whole catalogue, by the same relations that answer for one recording: in parts of so many recordings
 * that memory stays bounded, each part with the days and territories at which its facts make a difference.
 */
import { ATOMS } from '../../model/territories/territory-set.js'
import type { Evidence } from '../../store/duckdb.js'
import { resolveKnowledge } from '../../store/evidence/knowledge.js'
import { RIGHTS } from '../ask.js'
import { DEGREE_STEPS, type Step, workOut } from '../pipeline.js'
import { sqlAsked, sqlTerritoryCells } from '../points.js'
import pieces from './pieces.sql'
import profileCells from './profile_cells.sql'
import profiles from './profiles.sql'
import relevant from './relevant.sql'
import { seeCatalogue } from './see.js'
import segments from './segments.sql'

export interface DeriveProgress {
  readonly done: number
  readonly recordings: number
}

export interface DeriveResult {
  /** Day of the last receipt: what was known then is what is derived. */
  readonly known: string
  readonly recordings: number
  readonly segments: number
  /** Segments by status, for each right. */
  readonly rights: readonly { readonly right: string; readonly segments: Readonly<Record<string, number>> }[]
}

/** Recordings worked out at once: measured, their relations take some 2 GB. */
const PART = 100_000

/** What a part needs before the degrees: where and when its facts make a difference. */
const POINT_STEPS: readonly Step[] = [
  ['relevant', relevant],
  ['profiles', profiles],
  ['profile_cells', profileCells],
  ['pieces', pieces],
  ['points', 'SELECT DISTINCT recording, cell, day FROM pieces'],
  ['territory_cells', sqlTerritoryCells('(SELECT DISTINCT cell FROM profile_cells)')],
]

/** Works out all degrees as known at the last receipt into `derived.degrees`, in place of what was there. */
export async function deriveCatalogue(
  db: Evidence,
  onProgress: (progress: DeriveProgress) => void = () => undefined,
): Promise<DeriveResult> {
  const knowledge = await resolveKnowledge(db, undefined)
  await seeCatalogue(db, knowledge)
  const parts = await cutIntoParts(db)
  let done = 0
  for (const [part, recordings] of parts.entries()) {
    await db.run(`CREATE OR REPLACE TEMP TABLE asked_recordings AS SELECT recording FROM parts WHERE part = ${part}`)
    await workOut(db, [...POINT_STEPS, ...DEGREE_STEPS])
    await db.run(`INSERT INTO derived.degrees ${segments}`)
    done += recordings
    onProgress({ done, recordings: parts.reduce((sum, each) => sum + each, 0) })
  }
  return { known: knowledge.label, recordings: done, ...(await countSegments(db)) }
}

async function countSegments(db: Evidence): Promise<Pick<DeriveResult, 'segments' | 'rights'>> {
  const rows = await db.rows('SELECT "right", status, count(*) AS n FROM derived.degrees GROUP BY ALL ORDER BY ALL')
  const rights = RIGHTS.map((right) => {
    const own = rows.filter((row) => row.right === right)
    return { right, segments: Object.fromEntries(own.map(({ status, n }) => [String(status), Number(n)])) }
  })
  return { segments: rows.reduce((sum, { n }) => sum + Number(n), 0), rights }
}

/** Makes the tables; returns the number of recordings in each part. */
async function cutIntoParts(db: Evidence): Promise<number[]> {
  await db.run(`${sqlAsked(RIGHTS, ['fractional'])};
    CREATE OR REPLACE TEMP TABLE atoms AS SELECT ${ATOMS.length} AS count;
    CREATE OR REPLACE TEMP TABLE parts AS
      SELECT recording, (row_number() OVER (ORDER BY hash(recording)) - 1) // ${PART} AS part
      FROM (SELECT DISTINCT recording FROM recording_identities);
    CREATE SCHEMA IF NOT EXISTS derived;
    DROP TABLE IF EXISTS derived.degrees;
    CREATE TABLE derived.degrees (recording VARCHAR, "right" VARCHAR, territories INTEGER[], "from" DATE, "to" DATE,
      licensed BIGINT, exempt BIGINT, unlicensed BIGINT, unknown BIGINT, disputed BIGINT, cleared BIGINT, at_most BIGINT,
      status VARCHAR, reason VARCHAR)`)
  const rows = await db.rows('SELECT part, count(*) AS n FROM parts GROUP BY part ORDER BY part')
  return rows.map(({ n }) => Number(n))
}
