/**
 * Shapes: recordings whose facts are alike but for names and dates have the same degrees between their dates, so one of
 * them stands for all. This finds the shape of every recording; it reads facts, and works no degree out.
 */
import type { Evidence } from '../../store/duckdb.js'
import { type Step, workOut } from '../pipeline.js'
import { sqlTerritoryCells } from '../points.js'
import claimantTerms from './claimant_terms.sql'
import datedTerritories from './dated_territories.sql'
import openTerms from './open_terms.sql'
import recordingFacts from './recording_facts.sql'
import recordingShapes from './recording_shapes.sql'
import textMeanings from './text_meanings.sql'
import workFacts from './work_facts.sql'
import workShapes from './work_shapes.sql'

/** The texts of all relations that a shape is made of. */
export const SHAPE_TEXTS = [
  claimantTerms,
  datedTerritories,
  openTerms,
  recordingFacts,
  recordingShapes,
  textMeanings,
  workFacts,
  workShapes,
]

const COMMON_STEPS: readonly Step[] = [
  ['claimant_terms', claimantTerms],
  ['open_terms', openTerms],
  ['dated_territories', datedTerritories],
  ['territory_cells', sqlTerritoryCells('(SELECT 0 AS cell WHERE false)')],
]

/** Works or recordings looked at together. */
const PART = 1_000_000

/** A cell that stands for all of them: facts are told apart by the territories that they name. */
const EVERYWHERE = -1

/** SQL relations with the works (`work`) and recordings (`recording`) whose shapes are wanted, each in which `cell`. */
interface Within {
  readonly works: string
  readonly recordings: string
}

const EVERYTHING: Within = {
  works: `(SELECT work, ${EVERYWHERE} AS cell FROM linked_works)`,
  recordings: `(SELECT recording, ${EVERYWHERE} AS cell FROM recording_identities)`,
}

/**
 * Makes `shapes`: one row per (recording, right) of the catalogue that was seen. Needs the identities, `asked_rights` and
 * `salts`. `onPart` is told how many of how many recordings are done.
 */
export async function findShapes(
  db: Evidence,
  onPart: (done: number, of: number) => void = () => undefined,
): Promise<void> {
  await workOut(db, COMMON_STEPS)
  await find(db, EVERYTHING, 'shapes', onPart)
}

/** As findShapes, of the recordings of `asked_recordings` alone. */
export async function findShapesAsked(db: Evidence): Promise<void> {
  const works = `(SELECT work, ${EVERYWHERE} AS cell FROM linked_works JOIN asked_recordings USING (recording))`
  await workOut(db, COMMON_STEPS)
  await find(db, { works, recordings: `(SELECT recording, ${EVERYWHERE} AS cell FROM asked_recordings)` }, 'shapes')
}

/**
 * Makes `cell_shapes`: one row per (recording, cell, right) of `asked_cells`, of the facts that hold in the cell at any
 * time. Cells with one shape have the same degrees, whatever else is said of other territories. Needs what findShapes has
 * made, and `territory_cells`.
 */
export async function findCellShapes(db: Evidence): Promise<void> {
  const works = '(SELECT work, cell FROM linked_works JOIN asked_cells USING (recording))'
  await find(db, { works, recordings: 'asked_cells' }, 'cell_shapes')
}

async function find(
  db: Evidence,
  within: Within,
  into: 'shapes' | 'cell_shapes',
  onPart?: (done: number, of: number) => void,
): Promise<void> {
  await workOut(db, [['text_meanings', textMeanings]])
  await eachPart(db, { of: within.works, column: 'work', into: 'part_works' }, async () => {
    await workOut(db, [
      ['work_facts', workFacts],
      ['part_shapes', workShapes],
    ])
    return 'work_shapes'
  })
  await eachPart(
    db,
    { of: within.recordings, column: 'recording', into: 'part_recordings' },
    async () => {
      await workOut(db, [
        ['recording_facts', recordingFacts],
        ['part_shapes', recordingShapes],
      ])
      return into
    },
    onPart,
  )
  await db.run('DROP TABLE part_shapes; DROP TABLE work_facts; DROP TABLE recording_facts; DROP TABLE work_shapes')
}

interface Parts {
  readonly of: string
  readonly column: string
  readonly into: string
}

/** Gathers `part_shapes` of one part after the other, by ranges of a hash, so that memory stays bounded. */
async function eachPart(
  db: Evidence,
  { of, column, into }: Parts,
  work: () => Promise<string>,
  onPart: (done: number, of: number) => void = () => undefined,
): Promise<void> {
  const [counted] = await db.rows(`SELECT count(DISTINCT "${column}") AS n FROM ${of} AS o`)
  const all = Number(counted?.n)
  const parts = Math.max(1, Math.ceil(all / PART))
  for (let part = 0; part < parts; part++) {
    await db.run(`CREATE OR REPLACE TEMP TABLE ${into} AS
      SELECT DISTINCT "${column}", cell FROM ${of} AS o WHERE hash("${column}", 'part') % ${parts} = ${part}`)
    const table = await work()
    await db.run(
      part === 0
        ? `CREATE OR REPLACE TEMP TABLE ${table} AS FROM part_shapes`
        : `INSERT INTO ${table} FROM part_shapes`,
    )
    onPart(Math.round((all * (part + 1)) / parts), all)
  }
}
