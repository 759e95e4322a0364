/**
 * The degrees of a whole catalogue, by the same relations that answer for one recording: works by themselves, once for each
 * shape that their facts have (`works/shapes.ts`), then recordings, once for each shape that their works' degrees and their own
 * facts have. Shapes that were worked out before are kept, so that a derivation after an ingest works out what is new.
 */
import type { Evidence } from '../../store/duckdb.js'
import { resolveKnowledge } from '../../store/evidence/knowledge.js'
import { RIGHTS, type Right } from '../ask.js'
import { workOut } from '../pipeline.js'
import { sqlForgetSets } from './cells/store.js'
import { findShapes } from './recordings/shapes.js'
import { workOutRecordings } from './recordings/work-out.js'
import { sqlForShapes } from './rules.js'
import { seeCatalogue } from './see.js'
import tables from './tables.sql'
import { findWorkShapes } from './works/shapes.js'
import { workOutWorks } from './works/work-out.js'

export interface DeriveProgress {
  readonly phase: 'works' | 'facts' | 'recordings'
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

/** Works out the degrees as known at the last receipt into the tables of `derived`. */
export async function deriveCatalogue(
  db: Evidence,
  onProgress: (progress: DeriveProgress) => void = () => undefined,
): Promise<DeriveResult> {
  const telling = (phase: DeriveProgress['phase']) => (done: number, of: number) => onProgress({ phase, done, of })
  const knowledge = await resolveKnowledge(db, undefined)
  await seeCatalogue(db, knowledge)
  await db.run(`${sqlForShapes(RIGHTS)};\n${tables}`)
  await workOut(db, [['asked_recordings', 'SELECT recording FROM recording_names']])
  await findWorkShapes(db)
  await workOutWorks(db, telling('works'))
  await db.run(sqlForShapes(RIGHTS))
  await findShapes(db, telling('facts'))
  const changed = await countChanged(db)
  const workedOut = await workOutRecordings(db, telling('recordings'))
  await store(db)
  return { known: knowledge.label, changed, workedOut, ...(await count(db)) }
}

/** Stores who has which picture, and forgets the shapes that nobody has any more. */
async function store(db: Evidence): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE derived.recording_names AS
      SELECT name AS recording, recording AS number FROM recording_names ORDER BY number;
    CREATE OR REPLACE TABLE derived.recording_pictures AS
      SELECT recording AS number, "right", picture FROM pictures ORDER BY number, "right";
    CREATE OR REPLACE TABLE derived.pictures AS
      SELECT recording AS picture, "right", high, low, dates FROM shapes ORDER BY picture, "right";
    DELETE FROM derived.shape_segments WHERE (high, low, "right") NOT IN (SELECT (high, low, "right") FROM shapes);
    ${sqlForgetSets}`)
}

async function countChanged(db: Evidence): Promise<number> {
  const [row] = await db.rows(`SELECT count(DISTINCT p.recording) AS n FROM pictures AS p
    JOIN shapes AS s ON s.recording = p.picture AND s."right" = p."right"
    JOIN recording_names AS n ON n.recording = p.recording
    LEFT JOIN (
      SELECT m.recording, q."right", q.high, q.low, q.dates FROM derived.recording_names AS m
      JOIN derived.recording_pictures AS o USING (number)
      JOIN derived.pictures AS q ON q.picture = o.picture AND q."right" = o."right"
    ) AS r ON r.recording = n.name AND r."right" = p."right"
    WHERE (s.high, s.low, s.dates) IS DISTINCT FROM (r.high, r.low, r.dates)`)
  return Number(row?.n)
}

async function count(db: Evidence): Promise<Pick<DeriveResult, 'recordings' | 'shapes' | 'segments' | 'rights'>> {
  const [counted] = await db.rows(`SELECT (SELECT count(*) FROM derived.recording_names) AS recordings,
    (SELECT count(DISTINCT (high, low, "right")) FROM derived.pictures) AS shapes`)
  const rows = await db.rows(`SELECT "right", status, sum(s.n * r.n)::BIGINT AS n
    FROM (SELECT high, low, "right", status, count(*) AS n FROM derived.shape_segments GROUP BY ALL) AS s
    JOIN (
      SELECT q.high, q.low, q."right", count(*) AS n FROM derived.recording_pictures AS p
      JOIN derived.pictures AS q ON q.picture = p.picture AND q."right" = p."right" GROUP BY ALL
    ) AS r USING (high, low, "right")
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
