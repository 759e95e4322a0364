/**
 * The little arithmetic in which check-digit rules are written once and run twice: on numbers for one text,
 * on SQL text for millions of rows. A rule speaks of the characters of a normalised identifier by index, from 0.
 */

export interface Arithmetic<N, B> {
  /** The digit at `index`, 0 to 9. Anything else gives some number, never a failure. */
  digit(index: number): N
  /** The digit or letter at `index`: 0 to 9, then A to Z as 10 to 35. */
  letterOrDigit(index: number): N
  constant(value: number): N
  plus(left: N, right: N): N
  minus(left: N, right: N): N
  times(factor: number, value: N): N
  /** Remainder of a value that is never negative for a text of the right pattern. */
  modulo(value: N, divisor: number): N
  equal(left: N, right: N): B
}

/** A check-digit rule: true when the check character agrees. Asked only of texts that have the right pattern. */
export type CheckRule = <N, B>(on: Arithmetic<N, B>) => B

const ZERO = 48

/** The arithmetic over the characters of one text. */
export function arithmeticOnText(text: string): Arithmetic<number, boolean> {
  const code = (index: number) => text.charCodeAt(index)
  return {
    digit: (index) => code(index) - ZERO,
    letterOrDigit: (index) => code(index) - ZERO - 7 * Math.floor(code(index) / 64),
    constant: (value) => value,
    plus: (left, right) => left + right,
    minus: (left, right) => left - right,
    times: (factor, value) => factor * value,
    modulo: (value, divisor) => value % divisor,
    equal: (left, right) => left === right,
  }
}

/** The same arithmetic as DuckDB SQL text over a VARCHAR expression; `//` is its integer division. */
export function arithmeticInSql(expression: string): Arithmetic<string, string> {
  const code = (index: number) => `ascii(substr(${expression}, ${index + 1}, 1))`
  return {
    digit: (index) => `(${code(index)} - ${ZERO})`,
    letterOrDigit: (index) => `(${code(index)} - ${ZERO} - 7 * (${code(index)} // 64))`,
    constant: (value) => String(value),
    plus: (left, right) => `(${left} + ${right})`,
    minus: (left, right) => `(${left} - ${right})`,
    times: (factor, value) => `(${factor} * ${value})`,
    modulo: (value, divisor) => `(${value} % ${divisor})`,
    equal: (left, right) => `(${left} = ${right})`,
  }
}
