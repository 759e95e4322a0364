/** The degrees of works by themselves: once for each shape, country by country, at the days on which a fact makes a difference. */
import type { Evidence } from '../../../store/duckdb.js'
import { type Step, WORK_STEPS, workOut } from '../../pipeline.js'
import { CELL_STEPS, eachNewPart, PIECES, SEGMENTS, sqlNarrowed } from '../cells/parts.js'
import { storeSegments } from '../cells/store.js'
import newCells from './new_cells.sql'
import { findCellShapes } from './shapes.js'
import workPlaced from './work_placed.sql'

/** The texts of all relations that only works are worked out with. */
export const WORK_TEXTS = [newCells, workPlaced]

/** Any recording that embodies a target will do: degrees of works do not look at it. */
const TARGETS: readonly Step[] = [
  [
    'targets',
    `SELECT min(recording) AS recording, work, listed_recording, variants, target FROM all_targets
     WHERE target IN (SELECT thing FROM dated_cells) GROUP BY work, listed_recording, variants, target`,
  ],
  [
    'target_points',
    `SELECT t.target, t.work, t.listed_recording, t.variants, p.cell, p.day
     FROM pieces AS p JOIN targets AS t ON t.target = p.thing`,
  ],
]

const STRETCHED: Step = [
  'stretched',
  `SELECT p.thing, p.cell, p."from", p."to", '' AS status, d.* EXCLUDE (target, cell, day)
   FROM pieces AS p JOIN degrees AS d ON d.target = p.thing AND d.cell = p.cell AND d.day = p.day`,
]

const NEW = 'work IN (SELECT work FROM all_targets WHERE target IN (SELECT thing FROM new_shapes))'

const NARROW = [
  sqlNarrowed('said_shares', NEW),
  sqlNarrowed('work_identities', NEW),
  `CREATE OR REPLACE TEMP TABLE new_shares AS
    SELECT s.* FROM known_shares AS s JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id`,
  'CREATE OR REPLACE TEMP VIEW known_shares AS FROM new_shares',
  sqlNarrowed('party_identities', '(feed, id) IN (SELECT (feed, party_id) FROM new_shares)'),
  sqlNarrowed('mandates', 'claimant IN (SELECT party FROM party_identities)'),
].join(';\n')

/** Works out the shapes of `work_shapes` that `derived.work_segments` does not hold, and leaves only those that are. */
export async function workOutWorks(db: Evidence, onPart: (done: number, of: number) => void): Promise<void> {
  const works = 'SELECT NULL AS thing, 1 AS works WHERE false'
  const shapes = { shapes: 'work_shapes', thing: 'target', works, known: 'derived.work_segments', narrow: NARROW }
  await eachNewPart(db, shapes, () => workOutPart(db), onPart)
  await db.run(`DELETE FROM derived.work_cell_degrees WHERE salt NOT IN (SELECT salt FROM salts);
    DELETE FROM derived.work_segments WHERE (high, low, "right") NOT IN (SELECT (high, low, "right") FROM work_shapes)`)
}

async function workOutPart(db: Evidence): Promise<void> {
  await workOut(db, [
    ...CELL_STEPS,
    ['asked_cells', 'SELECT p.thing AS target, c.cell FROM profiles AS p JOIN profile_cells AS c USING (profile)'],
  ])
  await findCellShapes(db)
  await workOut(db, [['dated_cells', newCells], PIECES, ...TARGETS, ...WORK_STEPS, STRETCHED, SEGMENTS])
  await db.run(`INSERT INTO derived.work_cell_degrees
      SELECT c.high, c.low, s."right", r.salt, list_position(c.dates, s."from"), list_position(c.dates, s."to"),
        s.* EXCLUDE (thing, cell, "right", "from", "to", status)
      FROM segments AS s JOIN dated_cells AS c USING (thing, cell) JOIN salts AS r ON r."right" = s."right"`)
  await storeSegments(db, 'work_segments', workPlaced)
}
