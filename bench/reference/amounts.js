/**
 * Exact amounts. A share is a whole number of millionths of a percent; weighted sums are fractions of whole numbers.
 * Nothing here is ever a binary fraction.
 */

/** 100 percent, in millionths of a percent. */
export const WHOLE = 100_000_000

/** e of domain 1.5: 0.06 percent. */
export const TOLERANCE = 60_000

/**
 * A decimal number as a whole number of its last kept decimal, e.g. `33.33` with six decimals is 33330000; what lies
 * beyond is rounded, half away from zero. No exponent, no thousands mark, no comma.
 * @param {string} text
 * @param {number} decimals
 * @returns {number | undefined} undefined when the text is no such number
 */
export function readDecimal(text, decimals) {
  const parts = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', rest = ''] = parts
  if (whole === '' && rest === '') return undefined
  const kept = rest.slice(0, decimals).padEnd(decimals, '0')
  const up = (rest[decimals] ?? '0') >= '5' ? 1n : 0n
  const size = BigInt(`${whole}${kept}`) + up
  return Number(sign === '-' ? -size : size)
}

/** An exact fraction; the denominator is above zero. */
export class Fraction {
  /**
   * @param {bigint | number} over
   * @param {bigint | number} [under]
   */
  constructor(over, under = 1n) {
    this.over = BigInt(over)
    this.under = BigInt(under)
  }

  /** @param {Fraction} other */
  plus(other) {
    return new Fraction(this.over * other.under + other.over * this.under, this.under * other.under)
  }

  /** @param {Fraction} other */
  minus(other) {
    return new Fraction(this.over * other.under - other.over * this.under, this.under * other.under)
  }

  /** @param {Fraction} other */
  times(other) {
    return new Fraction(this.over * other.over, this.under * other.under)
  }

  /** @param {Fraction} other */
  isBelow(other) {
    return this.over * other.under < other.over * this.under
  }

  /** @param {Fraction} other */
  equals(other) {
    return this.over * other.under === other.over * this.under
  }

  /** The nearest whole number, half away from zero; a whole number that JavaScript holds exactly. */
  rounded() {
    const negative = this.over < 0n
    const size = negative ? -this.over : this.over
    const nearest = (2n * size + this.under) / (2n * this.under)
    return Number(negative ? -nearest : nearest)
  }
}

/** @param {Fraction[]} fractions */
export const sumOf = (fractions) => fractions.reduce((sum, next) => sum.plus(next), new Fraction(0))

/** The smallest of at least one. @param {Fraction[]} fractions */
export const smallestOf = (fractions) => fractions.reduce((least, next) => (next.isBelow(least) ? next : least))
