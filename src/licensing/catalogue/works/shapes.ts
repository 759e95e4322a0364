/**
 * Shapes: works whose facts are alike but for names and dates have the same degrees between their dates, so one of them stands
 * for all. This finds the shapes; it reads facts, and works no degree out.
 */
import type { Evidence } from '../../../store/duckdb.js'
import { type Step, workOut } from '../../pipeline.js'
import { sqlTerritoryCells } from '../../points.js'
import targets from '../../sql/targets.sql'
import { eachPart } from '../in-parts.js'
import { SAID_STEPS } from '../said/said.js'
import textMeanings from '../said/text_meanings.sql'
import footingFacts from './footing_facts.sql'
import reachingFacts from './reaching_facts.sql'
import workDates from './work_dates.sql'
import workListed from './work_listed.sql'
import workParties from './work_parties.sql'
import workShapes from './work_shapes.sql'
import workShares from './work_shares.sql'
import workTexts from './work_texts.sql'

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

/** The texts of all relations that a shape is made of. */
export const WORK_SHAPE_TEXTS = [SAID_STEPS, textMeanings, WORK_SHAPE_STEPS]

/** A cell that stands for all of them: facts are told apart by the territories that they name. */
const EVERYWHERE = -1

/** Targets in cells, for each right in works, with a number for all three together. */
const spots = (targets: string): string =>
  `(SELECT *, row_number() OVER () AS spot FROM (${targets}) AS t CROSS JOIN (FROM asked_rights WHERE "right" <> 'master') AS r)`

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

async function workShapesOf(db: Evidence): Promise<void> {
  await workOut(db, WORK_SHAPE_STEPS)
  const passing = WORK_SHAPE_STEPS.slice(0, -1).map(([name]) => `DROP TABLE ${name}`)
  await db.run(passing.join(';\n'))
}
