/**
 * Shapes: works, or recordings, whose facts are alike but for names and dates have the same degrees between their dates, so
 * one of them stands for all. This finds the shapes; it reads facts, and works no degree out.
 */
import type { Evidence } from '../../store/duckdb.js'
import { type Step, workOut } from '../pipeline.js'
import { sqlTerritoryCells } from '../points.js'
import targets from '../sql/targets.sql'
import claimantFootings from './claimant_footings.sql'
import claimantTerms from './claimant_terms.sql'
import footingFacts from './footing_facts.sql'
import footings from './footings.sql'
import openFacts from './open_facts.sql'
import openTerms from './open_terms.sql'
import partPictures from './part_pictures.sql'
import pictureDates from './picture_dates.sql'
import pictureFacts from './picture_facts.sql'
import pictureTexts from './picture_texts.sql'
import reachingFacts from './reaching_facts.sql'
import recordingFacts from './recording_facts.sql'
import recordingShapes from './recording_shapes.sql'
import { atOnce, type Need } from './room.js'
import saidShares from './said_shares.sql'
import terms from './terms.sql'
import textMeanings from './text_meanings.sql'
import texts from './texts.sql'
import workChanges from './work_changes.sql'
import workDates from './work_dates.sql'
import workListed from './work_listed.sql'
import workParties from './work_parties.sql'
import workShapes from './work_shapes.sql'
import workShares from './work_shares.sql'
import workTexts from './work_texts.sql'

/** What is said of works, whatever part of them is looked at. */
const SAID_STEPS: readonly Step[] = [
  ['texts', texts],
  ['claimant_terms', claimantTerms],
  ['terms', terms],
  ['claimant_footings', claimantFootings],
  ['footings', footings],
  ['open_terms', openTerms],
  ['open_facts', openFacts],
  ['said_shares', saidShares],
]

/** The facts of the works of a part, and the shapes that they make. */
const WORK_SHAPE_STEPS: readonly Step[] = [
  ['work_shares', workShares],
  ['work_parties', workParties],
  ['work_listed', workListed],
  ['footing_facts', footingFacts],
  ['reaching_facts', reachingFacts],
  ['work_texts', workTexts],
  ['work_dates', workDates],
  ['part_shapes', workShapes],
]

/** The same of recordings. */
const RECORDING_SHAPE_STEPS: readonly Step[] = [
  ['recording_facts', recordingFacts],
  ['part_pictures', partPictures],
  ['picture_facts', pictureFacts],
  ['picture_texts', pictureTexts],
  ['picture_dates', pictureDates],
  ['part_shapes', recordingShapes],
]

/** The texts of all relations that a shape is made of. */
export const SHAPE_TEXTS = [SAID_STEPS, WORK_SHAPE_STEPS, RECORDING_SHAPE_STEPS, textMeanings, workChanges]

/** Works or recordings looked at together. */
const LOOKED_AT: Need = { bytesEach: 4_000, most: 1_000_000 }

/** A cell that stands for all of them: facts are told apart by the territories that they name. */
const EVERYWHERE = -1

/** Targets in cells, for each right in works, with a number for all three together. */
const spots = (targets: string): string =>
  `(SELECT *, row_number() OVER () AS spot FROM (${targets}) AS t CROSS JOIN (FROM asked_rights WHERE "right" <> 'master') AS r)`

type OnPart = (done: number, of: number) => void

const nobody: OnPart = () => undefined

/**
 * Makes `work_shapes`: one row per (target, right) of the recordings of `asked_recordings`, and `all_targets`, as
 * sql/targets.sql. Needs the identities, `asked_rights` and `salts`.
 */
export async function findWorkShapes(db: Evidence): Promise<void> {
  await workOut(db, [
    ...SAID_STEPS,
    ['territory_cells', sqlTerritoryCells('(SELECT 0 AS cell WHERE false)')],
    ['text_meanings', textMeanings],
    ['all_targets', targets],
  ])
  const all = spots(`SELECT DISTINCT target, work, listed_recording, ${EVERYWHERE} AS cell FROM all_targets`)
  await eachPart(db, { of: all, column: 'target', into: 'part_targets' }, () => workShapesOf(db), {
    part_shapes: 'work_shapes',
  })
}

/**
 * Makes `cell_shapes`: one row per (target, cell, right) of `asked_cells`, of the facts that hold in the cell at any
 * time. Cells with one shape have the same degrees, whatever else is said of other territories. Needs what findWorkShapes
 * has made, and `territory_cells`.
 */
export async function findCellShapes(db: Evidence): Promise<void> {
  await workOut(db, [['text_meanings', textMeanings]])
  const asked = spots(
    'SELECT DISTINCT a.target, t.work, t.listed_recording, a.cell FROM asked_cells AS a JOIN all_targets AS t USING (target)',
  )
  await eachPart(db, { of: asked, column: 'target', into: 'part_targets' }, () => workShapesOf(db), {
    part_shapes: 'cell_shapes',
  })
}

/**
 * Makes `pictures`: one row per (recording, right) of `asked_recordings`, the recording that stands for all whose facts are the
 * same; and `shapes`: one row per (recording, right) of those that stand for any. Needs what findWorkShapes has made, and the degrees
 * of all its shapes in `derived.work_segments`. `onPart` is told how many of how many recordings are done.
 */
export async function findShapes(db: Evidence, onPart: OnPart = nobody): Promise<void> {
  await workOut(db, [['work_changes', workChanges]])
  await findRecordings(db, onPart)
}

/** Makes `pictures` and `shapes` as `findShapes` does, but for what tells works apart: for the territories alone, no work is worked out. */
export async function findTerritories(db: Evidence): Promise<void> {
  await findWorkShapes(db)
  await workOut(db, [
    [
      'work_changes',
      'SELECT target, "right", 0 AS high, 0 AS low, []::DATE[] AS changes, territories, hash(territories) AS picture FROM work_shapes',
    ],
  ])
  await findRecordings(db, nobody)
}

async function findRecordings(db: Evidence, onPart: OnPart): Promise<void> {
  const parts = { of: 'asked_recordings', column: 'recording', into: 'part_recordings' }
  await eachPart(
    db,
    parts,
    () => workOut(db, RECORDING_SHAPE_STEPS),
    { part_shapes: 'shapes', part_pictures: 'pictures' },
    onPart,
  )
  await db.run(
    'DROP TABLE recording_facts; DROP TABLE picture_facts; DROP TABLE picture_texts; DROP TABLE picture_dates',
  )
}

async function workShapesOf(db: Evidence): Promise<void> {
  await workOut(db, WORK_SHAPE_STEPS)
  const passing = WORK_SHAPE_STEPS.slice(0, -1).map(([name]) => `DROP TABLE ${name}`)
  await db.run(passing.join(';\n'))
}

interface Parts {
  readonly of: string
  readonly column: string
  readonly into: string
}

/** Gathers what each part makes into tables for all of them, by ranges of a hash, so that memory stays bounded. */
async function eachPart(
  db: Evidence,
  { of, column, into }: Parts,
  work: () => Promise<void>,
  tables: Readonly<Record<string, string>>,
  onPart: OnPart = nobody,
): Promise<void> {
  const [counted] = await db.rows(`SELECT count(DISTINCT "${column}") AS n FROM ${of} AS o`)
  const all = Number(counted?.n)
  const parts = Math.max(1, Math.ceil(all / (await atOnce(db, LOOKED_AT))))
  for (let part = 0; part < parts; part++) {
    await db.run(`CREATE OR REPLACE TEMP TABLE ${into} AS
      SELECT * FROM ${of} AS o WHERE hash("${column}", 'part') % ${parts} = ${part}`)
    await work()
    for (const [made, table] of Object.entries(tables)) {
      await db.run(
        part === 0 ? `CREATE OR REPLACE TEMP TABLE ${table} AS FROM ${made}` : `INSERT INTO ${table} FROM ${made}`,
      )
    }
    onPart(Math.round((all * (part + 1)) / parts), all)
  }
  for (const made of Object.keys(tables)) await db.run(`DROP TABLE ${made}`)
}
