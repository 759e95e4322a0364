/** The works in a recording: each feed's links of each of its recordings are one reading of it (domain 1.5). */
import { Fraction, sumOf } from './amounts.js'
import { holds } from './dates.js'

/** A weight of 1, in billionths. */
const ONE = 1_000_000_000
/** 1 +/- 0.001 */
const SLACK = 1_000_000

const BASES = ['given', 'duration', 'equal']

/**
 * @typedef {object} Reading
 * @property {'given' | 'duration' | 'equal'} basis
 * @property {Map<string, Fraction>} weights work to its part of the recording; 0 when its weight is unknown
 * @property {Fraction} unknown part of the recording of which no work is known
 */

/** The links of one work in one reading count as one: what they give adds up; null when one of them gives nothing. */
const total = (links, name) =>
  links.some((link) => link[name] === null) ? null : links.reduce((sum, link) => sum + link[name], 0)

/** @param {[string, number | null][]} given in billionths @returns {Reading} */
function givenWeights(given) {
  const sum = given.reduce((all, [, weight]) => all + (weight ?? 0), 0)
  const isWhole = given.every(([, weight]) => weight !== null)
  const whole = sum > ONE + SLACK ? sum : ONE
  const isShort = sum < ONE - SLACK || (!isWhole && sum < ONE)
  return {
    basis: 'given',
    weights: new Map(given.map(([work, weight]) => [work, new Fraction(weight ?? 0, whole)])),
    unknown: isShort ? new Fraction(ONE - sum, ONE) : new Fraction(0),
  }
}

/** Given weights; else durations; else equal parts. @param {Map<string, Record<string, any>[]>} works @returns {Reading} */
function readingOf(works) {
  const given = [...works].map(([work, links]) => [work, total(links, 'weight')])
  if (given.some(([, weight]) => weight !== null)) return givenWeights(given)
  const durations = [...works].map(([work, links]) => [work, total(links, 'duration')])
  const length = durations.reduce((sum, [, duration]) => sum + (duration ?? 0), 0)
  const isTimed = length > 0 && durations.every(([, duration]) => duration !== null)
  return {
    basis: isTimed ? 'duration' : 'equal',
    weights: new Map(
      durations.map(([work, duration]) => [
        work,
        isTimed ? new Fraction(duration, length) : new Fraction(1, works.size),
      ]),
    ),
    unknown: new Fraction(0),
  }
}

/** Whether two readings name the same works with the same weights. @param {Reading} one @param {Reading} other */
function isEqual(one, other) {
  return (
    one.weights.size === other.weights.size &&
    [...one.weights].every(([work, weight]) => other.weights.get(work)?.equals(weight)) &&
    one.unknown.equals(other.unknown)
  )
}

/**
 * The readings of a recording, equal ones once; none when no link is in force.
 * @param {import('./view.js').View} view
 * @param {string} recording
 * @param {string} on
 * @param {'first' | 'last'} dates which days partial dates of links are taken to mean
 * @returns {Reading[]}
 */
export function readingsAt(view, recording, on, dates) {
  const readings = []
  for (const { feed, rows } of view.links.get(recording) ?? []) {
    const works = new Map()
    for (const link of rows.filter((row) => holds(row, on, dates))) {
      const work = view.identity.of('work', feed, link.work)
      works.set(work, [...(works.get(work) ?? []), link])
    }
    if (works.size > 0) readings.push(readingOf(works))
  }
  // Of equal readings the one that is told is the one that says most.
  const byBasis = BASES.flatMap((basis) => readings.filter((reading) => reading.basis === basis))
  return byBasis.filter((reading, place) => !byBasis.slice(0, place).some((earlier) => isEqual(earlier, reading)))
}

/** What the works of a reading have of a bucket, weighted; exact. @param {Reading} reading @param {(work: string) => number} amountOf */
export const weighted = ({ weights }, amountOf) =>
  sumOf([...weights].map(([work, weight]) => weight.times(new Fraction(amountOf(work)))))
