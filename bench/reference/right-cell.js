/** One right of a recording at a cell: its works weighted, its readings compared (domain 1.5, "Aggregation"). */
import { Fraction, smallestOf, WHOLE } from './amounts.js'
import { isWholeRight, masterStrength } from './licences.js'
import { readingsAt, weighted } from './readings.js'
import { statusOf } from './status.js'
import { allLicensed, allUnknown, workCell } from './work-cell.js'

/** @typedef {import('./work-cell.js').Buckets} Buckets */
/** @typedef {import('./readings.js').Reading} Reading */
/**
 * @typedef {Buckets & {
 *   reason: string | null,
 *   parts: {cleared: number, unlicensed: number}[][],
 *   works: (import('./work-cell.js').WorkCell & {work: string, basis: string, weight: number})[],
 * }} RightCell `parts`: for each reading what each of its works has, for the strict status
 */

const NAMES = ['licensed', 'exempt', 'unlicensed', 'unknown', 'disputed', 'cleared', 'atMost']

/** Where works have several reasons, the first of these is told (decision 17). */
const REASONS = ['no-licence-data', 'no-data', 'partial-date']

/** A result that stands for the whole recording. */
const plain = (buckets) => ({ ...buckets, parts: [[buckets]], works: [] })

/** Override (e): the right in the recording itself. @returns {RightCell} */
function masterCell(view, cell, recording) {
  const unlicensed = { ...allUnknown(null), unlicensed: WHOLE, unknown: 0, atMost: 0 }
  switch (masterStrength(view, cell, recording)) {
    case 'L':
      return plain(allLicensed(0))
    case 'Qd':
      return plain({ ...allUnknown(null), unknown: 0, disputed: WHOLE })
    case 'Qu':
      return plain(allUnknown(null))
    default:
      return plain(view.hasLicenceData('master') ? unlicensed : allUnknown('no-licence-data'))
  }
}

/** Override (d), after (a). @returns {RightCell} */
function unlinkedCell(view, cell, recording) {
  if (isWholeRight(view, cell, undefined, recording)) return plain(allLicensed(0))
  return plain(allUnknown(view.recordings.has(recording) ? 'unmatched' : 'no-data'))
}

/** One reading: the works weighted; exact fractions of millionths of a percent. @param {Reading} reading */
function measured(reading, cells) {
  const amounts = NAMES.map((name) => [name, weighted(reading, (work) => cells.get(work)[name])])
  const buckets = Object.fromEntries(amounts)
  const nothingKnown = reading.unknown.times(new Fraction(WHOLE))
  return {
    ...buckets,
    unknown: buckets.unknown.plus(nothingKnown),
    atMost: buckets.atMost.plus(nothingKnown),
  }
}

const rounded = (buckets) => Object.fromEntries(NAMES.map((name) => [name, buckets[name].rounded()]))

/** Readings that differ: the smallest of each, the rest disputed (C-LNK-02). */
function compared(readings) {
  const least = (name) => smallestOf(readings.map((reading) => reading[name]))
  const [licensed, exempt, unlicensed, unknown] = ['licensed', 'exempt', 'unlicensed', 'unknown'].map(least)
  const whole = new Fraction(WHOLE)
  const rest = [licensed, exempt, unlicensed, unknown].reduce((left, part) => left.minus(part), whole)
  const zero = new Fraction(0)
  return {
    licensed,
    exempt,
    unlicensed,
    unknown,
    disputed: rest.isBelow(zero) ? zero : rest,
    cleared: least('cleared'),
    atMost: whole.minus(unlicensed).minus(exempt),
  }
}

/** @returns {RightCell} */
function linkedCell(view, cell, recording, readings) {
  const works = [...new Set(readings.flatMap(({ weights }) => [...weights.keys()]))]
  const cells = new Map(works.map((work) => [work, workCell(view, cell, work, recording)]))
  const results = readings.map((reading) => measured(reading, cells))
  const [only] = results
  const buckets = rounded(results.length === 1 ? only : compared(results))
  const reasons = works.map((work) => cells.get(work).reason)
  return {
    ...buckets,
    reason: REASONS.find((reason) => reasons.includes(reason)) ?? null,
    parts: readings.map(({ weights }) => [...weights.keys()].map((work) => cells.get(work))),
    works: readings.flatMap(({ basis, weights }) =>
      [...weights].map(([work, weight]) => ({
        ...cells.get(work),
        work,
        basis,
        weight: weight.times(new Fraction(1_000_000)).rounded(),
      })),
    ),
  }
}

/**
 * @param {import('./view.js').View} view
 * @param {{right: string, territory: string, on: string, theories: string[]}} cell
 * @param {string} recording
 * @param {'first' | 'last'} dates which days partial dates of links are taken to mean
 * @returns {RightCell}
 */
export function readRight(view, cell, recording, dates) {
  if (view.isEmpty) return plain(allUnknown('no-data'))
  if (cell.right === 'master') return masterCell(view, cell, recording)
  const readings = readingsAt(view, recording, cell.on, dates)
  return readings.length === 0 ? unlinkedCell(view, cell, recording) : linkedCell(view, cell, recording, readings)
}

const SMALLER = ['licensed', 'exempt', 'unlicensed', 'disputed', 'cleared']

/** Two readings of the partial dates of links, as those of shares (1.5, item 6; decision 13). */
export function bothReadings(one, other) {
  if (NAMES.every((name) => one[name] === other[name])) return one
  const smaller = Object.fromEntries(SMALLER.map((name) => [name, Math.min(one[name], other[name])]))
  const { licensed, exempt, unlicensed, disputed } = smaller
  return {
    ...one,
    ...smaller,
    unknown: Math.max(0, WHOLE - licensed - exempt - unlicensed - disputed),
    atMost: Math.max(one.atMost, other.atMost),
    reason: 'partial-date',
  }
}

/** The strict status of one right under one reading of the links' dates. @param {RightCell} right */
export const rightStatus = ({ parts }) => statusOf(parts)
