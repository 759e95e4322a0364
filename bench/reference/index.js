/**
 * The reference: the degree of licensing worked out row by row, straight from the rules, sharing nothing with the program.
 * It is slow and plain on purpose; README.md lists how each doubtful clause was read.
 */
import { Fraction } from './amounts.js'
import { codesIn } from './codes.js'
import { force } from './dates.js'
import { readDelivery } from './deliveries.js'
import { receiptDays } from './knowledge.js'
import { bothReadings, readRight, rightStatus } from './right-cell.js'
import { agreed, statusOfAll } from './status.js'
import { countryOf, isIn } from './territories.js'
import { THEORIES } from './theories.js'
import { viewAt } from './view.js'

export { codesIn } from './codes.js'
export { boundsOf, bucketsOf, massOf } from './degree.js'
export { readFolder } from './folder.js'
export { hasTables, territoriesIn } from './territories.js'

/** What `--right all` asks for: the rights that a stream needs of those that are licensed one by one. */
const ALL = ['mech', 'perf', 'master']

const RIGHTS = [...ALL, 'sync']

/**
 * @typedef {object} Question
 * @property {string} recording ISRC
 * @property {string} on day
 * @property {string} territory alpha-2 or TIS number of a country
 * @property {string} right `mech`, `perf`, `sync` or `master`
 * @property {string} [known] day; the last receipt unless said
 * @property {string[]} [theories]
 */

/** All deliveries, read; views are made once for each K. */
export class Facts {
  #views = new Map()

  /** @param {import('./deliveries.js').Delivery[]} deliveries */
  constructor(deliveries) {
    this.snapshots = deliveries.map(readDelivery)
  }

  /** The days on which something was received. */
  days() {
    return receiptDays(this.snapshots)
  }

  /** @param {string} [known] @returns {import('./view.js').View} throws when the day is after the last receipt */
  at(known = this.days().at(-1) ?? '') {
    const view = this.#views.get(known) ?? viewAt(this.snapshots, known)
    this.#views.set(known, view)
    return view
  }
}

/** @param {Question} question */
function cellOf({ right, territory, on, theories = [] }) {
  if (!RIGHTS.includes(right)) throw new Error(`no right: ${right}`)
  const stranger = theories.find((theory) => !THEORIES.includes(theory))
  if (stranger !== undefined) throw new Error(`no theory: ${stranger}`)
  return { right, territory: countryOf(territory), on, theories }
}

const recordingOf = (view, text) => {
  const [code] = codesIn('isrc', text)
  if (code === undefined) throw new Error(`no ISRC: ${text}`)
  return view.identity.ofCode(code)
}

/** 2018-10-11 to 2020-12-31: a limitation on liability may apply (domain 1.4). */
const flagsOf = ({ right, territory, on }) =>
  right === 'mech' && territory === 'US' && on >= '2018-10-11' && on <= '2020-12-31' ? ['liability-limited'] : []

/** The two readings of the partial dates of links. */
const bothDates = (view, cell, recording) => [
  readRight(view, cell, recording, 'first'),
  readRight(view, cell, recording, 'last'),
]

/**
 * The degree of licensing of one right at one cell; amounts in millionths of a percent.
 * @param {Facts} facts
 * @param {Question} question
 */
export function cell(facts, question) {
  const view = facts.at(question.known)
  const asked = cellOf(question)
  const both = bothDates(view, asked, recordingOf(view, question.recording))
  const { parts: _, ...result } = bothReadings(...both)
  const status = agreed(both.map(rightStatus))
  return { ...result, atLeast: result.licensed, flags: flagsOf(asked), status }
}

/** The weights of the rights in a territory on a day; null when none are known, or several that differ. */
function weightsAt(view, { territory, on }) {
  const rows = view.weights.filter((row) => isIn(row.territories, territory, on) && force(row, on) === 'certain')
  const [first] = rows
  const isOne = rows.every(({ mech, perf }) => mech === first.mech && perf === first.perf)
  return first !== undefined && isOne ? first : null
}

/** w_MR x MR + w_PR x PR, for money only. */
function compositeOf(view, asked, rights) {
  const weights = weightsAt(view, asked)
  if (weights === null) return null
  const part = (right) => new Fraction(weights[right], 1_000_000_000).times(new Fraction(rights[right].licensed))
  return { mech: weights.mech, perf: weights.perf, licensed: part('mech').plus(part('perf')).rounded() }
}

/**
 * All rights together, their strict status and the composite degree; weights of the composite in billionths.
 * @param {Facts} facts
 * @param {Omit<Question, 'right'>} question
 */
export function allRights(facts, question) {
  const view = facts.at(question.known)
  const recording = recordingOf(view, question.recording)
  const asked = ALL.map((right) => cellOf({ ...question, right }))
  const both = asked.map((one) => bothDates(view, one, recording))
  const rights = Object.fromEntries(ALL.map((right) => [right, cell(facts, { ...question, right })]))
  const status = agreed([0, 1].map((dates) => statusOfAll(both.map((readings) => readings[dates].parts))))
  return { rights, status, composite: compositeOf(view, asked[0], rights) }
}

/**
 * How the answer to one question moved as knowledge grew: one entry for each day of receipt that changed it.
 * @param {Facts} facts
 * @param {Question} question
 */
export function knownCurve(facts, question) {
  const curve = facts.days().map((known) => ({ known, ...cell(facts, { ...question, known }) }))
  const told = ({ known: _, ...answer }) => JSON.stringify(answer)
  return curve.filter((entry, place) => place === 0 || told(entry) !== told(curve[place - 1]))
}
