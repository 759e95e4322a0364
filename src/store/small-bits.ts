/** DuckDB's bit strings on a small workbench: texts of 0 and 1, the first bit first. */
import type { SqliteDatabase } from './sqlite.js'

type Bits = string | null

const exact = { deterministic: true, varargs: true } as const

const number = (bits: string): bigint => BigInt(`0b${bits}`)
const text = (value: bigint, length: number): string => value.toString(2).padStart(length, '0')

const both = (a: Bits, b: Bits): Bits => (a === null || b === null ? null : text(number(a) & number(b), a.length))

const without = (a: Bits, b: Bits): Bits =>
  a === null || b === null ? null : text(number(a) & (number(b) ^ number('1'.repeat(b.length))), a.length)

function withBit(bits: Bits, at: number, bit: number): Bits {
  return bits === null ? null : `${bits.slice(0, at)}${bit}${bits.slice(at + 1)}`
}

/** Makes the functions that the statements use; `bits_both` and `bits_without` are what the dialect writes for `&` and `& ~`. */
export function addBitFunctions(database: SqliteDatabase): void {
  const add = (name: string, work: (...values: never[]) => unknown) =>
    database.function(name, exact, work as (...values: unknown[]) => unknown)
  add('bits_both', both)
  add('bits_without', without)
  add('bit_count', (bits: Bits) => (bits === null ? null : BigInt(bits.replaceAll('0', '').length)))
  add('get_bit', (bits: Bits, at: number) => (bits === null ? null : BigInt(bits[at] ?? '0')))
  add('set_bit', withBit)
  add('bitstring', (bits: string, length: number) => bits.padStart(length, '0'))
  add('repeat', (part: string, times: number) => part.repeat(times))
  for (const [name, join] of [
    ['bit_or', (a: bigint, b: bigint) => a | b],
    ['bit_and', (a: bigint, b: bigint) => a & b],
  ] as const) {
    database.aggregate<Joined>(name, {
      start: () => ({ value: null, length: 0 }),
      step: (before: Joined, given: unknown) => {
        const bits = given as Bits
        if (bits === null) return before
        return { value: before.value === null ? number(bits) : join(before.value, number(bits)), length: bits.length }
      },
      result: ({ value, length }) => (value === null ? null : text(value, length)),
    })
  }
}

interface Joined {
  readonly value: bigint | null
  readonly length: number
}
