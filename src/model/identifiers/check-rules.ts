/** The check-digit rules of the music identifiers, each written once over `Arithmetic`. */
import type { Arithmetic, CheckRule } from './arithmetic.js'

function weightedSum<N, B>(on: Arithmetic<N, B>, start: number, first: number, weights: readonly number[]): N {
  return weights.reduce(
    (sum, weight, offset) => on.plus(sum, on.times(weight, on.digit(first + offset))),
    on.constant(start),
  )
}

const ONE_TO_NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
const TEN_TO_TWO = [10, 9, 8, 7, 6, 5, 4, 3, 2] as const
const GTIN_WEIGHTS = [3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3] as const

/**
 * Modulo 10 with weights 1 to 9 over the nine digits after the leading letter, starting from `start`:
 * 1 for the ISWC (ISO 15707), 2 for the IPI base number. The sum and the check digit make a multiple of ten.
 */
export const mod10AfterLetter =
  (start: 1 | 2): CheckRule =>
  (on) =>
    on.equal(on.modulo(on.plus(weightedSum(on, start, 1, ONE_TO_NINE), on.digit(10)), 10), on.constant(0))

/** IPI name number: modulo 101 over nine digits with weights 10 to 2; the last two digits are the check. */
export const mod101: CheckRule = (on) => {
  const remainder = on.modulo(weightedSum(on, 0, 0, TEN_TO_TWO), 101)
  const opposite = on.modulo(on.minus(on.constant(101), remainder), 101)
  return on.equal(on.modulo(opposite, 100), on.plus(on.times(10, on.digit(9)), on.digit(10)))
}

/** GTIN-14: modulo 10, weights 3 and 1 in turn, so that the whole with its check digit is a multiple of ten. */
export const mod10Gtin: CheckRule = (on) =>
  on.equal(on.modulo(on.plus(weightedSum(on, 0, 0, GTIN_WEIGHTS), on.digit(13)), 10), on.constant(0))

/** ISO 7064 MOD 11-2 over fifteen digits (ISNI), the check a digit or X for 10. */
export const mod11radix2: CheckRule = (on) => {
  let sum = on.constant(0)
  for (let index = 0; index < 15; index++) sum = on.times(2, on.plus(sum, on.digit(index)))
  // X counts 33 among letters and digits; modulo 23 makes it 10 and leaves the digits alone.
  const check = on.modulo(on.letterOrDigit(15), 23)
  return on.equal(on.modulo(on.plus(sum, check), 11), on.constant(1))
}

/** ISO 7064 MOD 37,36 over eighteen letters and digits (GRid, DPID), the last being the check. */
export const mod37and36: CheckRule = (on) => {
  let product = on.constant(36)
  for (let index = 0; index < 17; index++) {
    // "modulo 36, but 36 when that is 0": the same as taking 1 off before and putting it back after.
    const sum = on.minus(on.plus(product, on.letterOrDigit(index)), on.constant(1))
    product = on.modulo(on.times(2, on.plus(on.modulo(sum, 36), on.constant(1))), 37)
  }
  return on.equal(on.modulo(on.plus(product, on.letterOrDigit(17)), 36), on.constant(1))
}
