/** The degrees of recordings, of the degrees of their works: once for each shape. */
import type { Evidence } from '../../../store/duckdb.js'
import { RECORDING_STEPS, type Step, workOut } from '../../pipeline.js'
import { CELL_STEPS, eachNewPart, PIECES, SEGMENTS, sqlNarrowed } from '../cells/parts.js'
import { SET_COUNTRIES, storeSegments } from '../cells/store.js'
import recordingCells from './recording_cells.sql'
import recordingPlaced from './recording_placed.sql'
import workStretches from './work_stretches.sql'

/** The texts of all relations that only recordings are worked out with. */
export const RECORDING_TEXTS = [recordingCells, recordingPlaced, workStretches]

const POINTS: readonly Step[] = [
  ['asked_recordings', 'SELECT thing AS recording FROM asked_shapes'],
  ['targets', 'SELECT t.* FROM all_targets AS t JOIN asked_recordings USING (recording)'],
  ['work_stretches', workStretches],
  ['dated_cells', recordingCells],
  PIECES,
  ['points', 'SELECT thing AS recording, cell, day FROM pieces'],
]

/** Recordings that embody one work ask for it at the same points. */
const DEGREES: Step = [
  'degrees',
  `SELECT DISTINCT s.target, p.cell, p.day, s.* EXCLUDE (recording, cell, target, "from", "to")
   FROM points AS p JOIN work_stretches AS s ON s.recording = p.recording AND s.cell = p.cell
     AND (s."from" IS NULL OR s."from" <= p.day) AND (s."to" IS NULL OR s."to" > p.day)`,
]

const STRETCHED: Step = [
  'stretched',
  `SELECT p.thing, p.cell, p."from", p."to", d.* EXCLUDE (recording, cell, day)
   FROM pieces AS p JOIN recording_degrees AS d ON d.recording = p.thing AND d.cell = p.cell AND d.day = p.day`,
]

/** Readings of a recording, one for each feed and work. */
const WORKS = 'SELECT recording AS thing, count(*) AS works FROM all_targets GROUP BY recording'

const NEW = 'recording IN (SELECT thing FROM new_shapes)'

const NARROW = [
  sqlNarrowed('recording_identities', NEW),
  sqlNarrowed('linked_works', NEW),
  sqlNarrowed('all_targets', NEW),
  sqlNarrowed('work_shapes', 'target IN (SELECT target FROM all_targets)'),
  sqlNarrowed('repertoire', 'item IN (SELECT thing FROM new_shapes)'),
].join(';\n')

/** Works out the shapes of `shapes` that `derived.shape_segments` does not hold; returns how many they were. */
export async function workOutRecordings(db: Evidence, onPart: (done: number, of: number) => void): Promise<number> {
  await workOut(db, [SET_COUNTRIES])
  const shapes = { shapes: 'shapes', thing: 'recording', works: WORKS, known: 'derived.shape_segments', narrow: NARROW }
  return eachNewPart(
    db,
    shapes,
    async () => {
      await workOut(db, [...CELL_STEPS, ...POINTS, DEGREES, ...RECORDING_STEPS, STRETCHED, SEGMENTS])
      await storeSegments(db, 'shape_segments', recordingPlaced)
    },
    onPart,
  )
}
