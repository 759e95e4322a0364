/**
 * Everything that is measured, in the order in which it is done: each finds what those before it left. To measure another
 * thing, add a file to measure/ and a line here; README.md says what such a file holds.
 */
import { again } from './measure/again.js'
import { csv } from './measure/csv.js'
import { derive } from './measure/derive.js'
import { diff } from './measure/diff.js'
import { generate } from './measure/generate.js'
import { ingest } from './measure/ingest.js'
import { licensed } from './measure/licensed.js'
import { lookup } from './measure/lookup.js'
import { next } from './measure/next.js'
import { start } from './measure/start.js'
import { timeline } from './measure/timeline.js'

/**
 * @typedef {object} Measure
 * @property {string} name as `--only` knows it
 * @property {string} [command] the command of the program that it needs
 * @property {boolean} [isFlat] takes about as long at every size
 * @property {string[]} [needs] measures that must be done before it, asked for or not
 * @property {(size: import('./support/size.js').Size) => Promise<object>} measure does it once, checks that the work was
 *   done (throws when it was not), and returns figures: numbers, or lists of samples
 * @property {Row[]} rows what the table shows of it
 *
 * @typedef {object} Row
 * @property {string} id unique
 * @property {string} label
 * @property {'s' | 'x' | '/s' | 'bytes'} unit
 * @property {(figures: import('./report/figures.js').Figures) => number | null} of
 * @property {string} [aim] what the design asks for: printed, never enforced
 * @property {boolean} [grows] its growth exponent is a row too, and it is drawn
 */

/** @type {Measure[]} */
export const MEASURES = [start, generate, ingest, next, again, csv, lookup, licensed, timeline, diff, derive]
