/** Sets of atomic territories: today's countries (`table.ts`), one bit each in a fixed order. */
import { InternalError } from '../../errors.js'
import { COUNTRIES } from './table.js'

/** ISO 3166-1 alpha-2 codes of the atomic territories, in the order of the bits. */
export const ATOMS: readonly string[] = COUNTRIES.map(([, code]) => code)

const POSITIONS: ReadonlyMap<string, number> = new Map(ATOMS.map((code, position) => [code, position]))

/** An immutable set of atomic territories. Equal sets have equal bits; nothing depends on how they were written. */
export class TerritorySet {
  /** Bit n (from the least significant) is atom n. */
  readonly #bits: bigint

  private constructor(bits: bigint) {
    this.#bits = bits
  }

  static readonly EMPTY = new TerritorySet(0n)
  /** Every ISO and TIS country. */
  static readonly WORLD = new TerritorySet((1n << BigInt(ATOMS.length)) - 1n)

  /** The set of these ISO alpha-2 codes, upper case; throws InternalError for a code that is no atom. */
  static of(codes: Iterable<string>): TerritorySet {
    let bits = 0n
    for (const code of codes) {
      const position = POSITIONS.get(code)
      if (position === undefined) {
        throw new InternalError(`${code} is not an atomic territory`, { code: 'unknown-atom', excerpt: code })
      }
      bits |= 1n << BigInt(position)
    }
    return new TerritorySet(bits)
  }

  /** Reads what `toBits` wrote; throws InternalError for any other text. */
  static fromBits(text: string): TerritorySet {
    if (text.length !== ATOMS.length || !/^[01]+$/.test(text)) {
      throw new InternalError(`a territory set has ${ATOMS.length} bits`, { code: 'territory-bits', excerpt: text })
    }
    return new TerritorySet(BigInt(`0b${[...text].reverse().join('')}`))
  }

  union(other: TerritorySet): TerritorySet {
    return new TerritorySet(this.#bits | other.#bits)
  }

  intersect(other: TerritorySet): TerritorySet {
    return new TerritorySet(this.#bits & other.#bits)
  }

  subtract(other: TerritorySet): TerritorySet {
    return new TerritorySet(this.#bits & ~other.#bits)
  }

  equals(other: TerritorySet): boolean {
    return this.#bits === other.#bits
  }

  isEmpty(): boolean {
    return this.#bits === 0n
  }

  /** Whether two sets share a territory. */
  meets(other: TerritorySet): boolean {
    return (this.#bits & other.#bits) !== 0n
  }

  /** Whether the set holds a country, given as ISO alpha-2 in upper case; false for anything else. */
  has(code: string): boolean {
    const position = POSITIONS.get(code)
    return position !== undefined && ((this.#bits >> BigInt(position)) & 1n) === 1n
  }

  /** ISO alpha-2 codes in alphabetical order. */
  codes(): string[] {
    const bits = this.toBits()
    return ATOMS.filter((_, position) => bits[position] === '1')
  }

  /** `0` and `1` in the order of `ATOMS`, always of the same length: the text of a DuckDB BIT. */
  toBits(): string {
    return [...this.#bits.toString(2).padStart(ATOMS.length, '0')].reverse().join('')
  }
}
