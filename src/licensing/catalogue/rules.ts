/** What all shapes rest on besides their facts. */
import { createHash } from 'node:crypto'
import { ATOMS } from '../../model/territories/territory-set.js'
import { literal } from '../../store/columns.js'
import type { Right } from '../ask.js'
import { DEGREE_STEPS, IDENTITY_STEPS } from '../pipeline.js'
import { sqlAsked } from '../points.js'
import { CELL_STEPS, PIECES, SEGMENTS, THEORIES } from './cells/parts.js'
import { STORED } from './cells/store.js'
import territoryAtoms from './cells/territory_atoms.sql'
import { RECORDING_SHAPE_TEXTS } from './recordings/shapes.js'
import { RECORDING_TEXTS } from './recordings/work-out.js'
import { WORK_SHAPE_TEXTS } from './works/shapes.js'
import { WORK_TEXTS } from './works/work-out.js'

/** Whatever else a degree rests on: with another text of a rule, or other territories, no shape is as it was. */
const RULES = createHash('sha256')
  .update(
    JSON.stringify([
      IDENTITY_STEPS,
      DEGREE_STEPS,
      CELL_STEPS,
      [PIECES, SEGMENTS, STORED, territoryAtoms],
      WORK_SHAPE_TEXTS,
      RECORDING_SHAPE_TEXTS,
      WORK_TEXTS,
      RECORDING_TEXTS,
      ATOMS,
    ]),
  )
  .digest('hex')

/** Makes what shapes are found with, besides the identities. */
export const sqlForShapes = (rights: readonly Right[]): string => `${sqlAsked(rights, THEORIES)};
  CREATE OR REPLACE TEMP TABLE atoms AS SELECT CAST(range AS INTEGER) AS atom FROM range(${ATOMS.length});
  CREATE OR REPLACE TEMP TABLE territory_atoms AS ${territoryAtoms};
  CREATE OR REPLACE TEMP TABLE salts AS
    SELECT "right", hash(${literal(RULES)}, "right" IN (FROM licence_rights)) AS salt FROM asked_rights`
