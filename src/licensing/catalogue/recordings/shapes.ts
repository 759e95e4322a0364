/**
 * Shapes of recordings, as those of works (works/shapes.ts): of their works' degrees and their own facts. Before its shape a
 * recording's picture is found, its facts with their very dates; recordings of one picture are looked at once.
 */
import type { Evidence } from '../../../store/duckdb.js'
import { type Step, workOut } from '../../pipeline.js'
import { eachPart, nobody, type OnPart } from '../in-parts.js'
import { findWorkShapes } from '../works/shapes.js'
import workChanges from '../works/work_changes.sql'
import partPictures from './part_pictures.sql'
import pictureDates from './picture_dates.sql'
import pictureFacts from './picture_facts.sql'
import pictureTexts from './picture_texts.sql'
import recordingFacts from './recording_facts.sql'
import recordingShapes from './recording_shapes.sql'

/** The facts of the recordings of a part, and the shapes that they make. */
const RECORDING_SHAPE_STEPS: readonly Step[] = [
  ['recording_facts', recordingFacts],
  ['part_pictures', partPictures],
  ['picture_facts', pictureFacts],
  ['picture_texts', pictureTexts],
  ['picture_dates', pictureDates],
  ['part_shapes', recordingShapes],
]

/** The texts of all relations that a shape is made of. */
export const RECORDING_SHAPE_TEXTS = [workChanges, RECORDING_SHAPE_STEPS]

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
