/**
 * Valid identifiers as DuckDB SQL text, made from row numbers: the digits and their check character. Only the making is
 * here; what the program thinks of them is checked by the tests.
 */

/** The largest prime below 10^9: multiplying modulo it visits every nine-digit number once. */
const PRIME = 999_999_937
const STRIDE = 387_420_489

/** A number of at most nine digits for each row number below 10^9, never twice the same, never 0, in no order. */
const scattered = (n, salt) => `(((${n} + 1) * ${STRIDE} % ${PRIME} * ${salt}) % ${PRIME})`

/** Sum of the weighted decimal digits of an integer, the first weight for the first of as many digits. */
const weightedDigits = (number, weights) =>
  weights
    .map((weight, index) => `${weight} * (${number} // ${10 ** (weights.length - 1 - index)} % 10)`)
    .reduce((sum, term) => `${sum} + ${term}`)

const digits = (number, length) => `lpad((${number})::VARCHAR, ${length}, '0')`

const ONE_TO_NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const TEN_TO_TWO = [10, 9, 8, 7, 6, 5, 4, 3, 2]
const UPC_WEIGHTS = [3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]
/** Powers of two from 2^15 down: ISO 7064 MOD 11-2 over fifteen digits. */
const POWERS_OF_TWO = Array.from({ length: 15 }, (_, index) => 2 ** (15 - index))

/** A letter, nine digits and the check digit that makes the weighted sum, begun at `start`, a multiple of ten. */
function letterAndCheck(letter, start, number) {
  const check = `(10 - (${start} + ${weightedDigits(number, ONE_TO_NINE)}) % 10) % 10`
  return `'${letter}' || ${digits(number, 9)} || (${check})::VARCHAR`
}

/** ISO 15707, one per work number. */
export const iswc = (n) => letterAndCheck('T', 1, scattered(n, 1))

/** CISAC IPI base number. */
export const ipiBaseNumber = (n) => letterAndCheck('I', 2, scattered(n, 7))

/** CISAC IPI name number: nine digits and two check digits modulo 101. */
export function ipiNameNumber(n) {
  const number = scattered(n, 3)
  const check = `(101 - (${weightedDigits(number, TEN_TO_TWO)}) % 101) % 101 % 100`
  return `${digits(number, 9)} || ${digits(check, 2)}`
}

/** ISO 27729, the last character a digit or X for 10. */
export function isni(n) {
  const number = scattered(n, 11)
  const check = `(12 - (${weightedDigits(number, POWERS_OF_TWO)}) % 11) % 11`
  return `${digits(number, 15)} || CASE ${check} WHEN 10 THEN 'X' ELSE (${check})::VARCHAR END`
}

/** GS1 UPC-A: eleven digits and the check digit. */
export function upc(n) {
  const number = scattered(n, 13)
  return `${digits(number, 11)} || ((10 - (${weightedDigits(number, UPC_WEIGHTS)}) % 10) % 10)::VARCHAR`
}

const COUNTRIES = 'GBUSDEFRJPSEBRMXNLAU'

/** ISO 3901: country and registrant from the first two digits, then two of the year and five of designation. */
export function isrc(n) {
  const number = scattered(n, 5)
  const registrant = `${number} // 10000000`
  const country = `substr('${COUNTRIES}', 1 + 2 * (${registrant} % 10), 2)`
  return `${country} || 'Q' || chr((65 + ${registrant} // 10)::INTEGER) || 'X' || ${digits(`${number} % 10000000`, 7)}`
}
