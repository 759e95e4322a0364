/** What is read straight from DuckDB's vectors: DuckDB's own text of every value is the judge. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'
import fc from '../support/property.js'

let db: Evidence
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recital-plain-'))
  db = await openEvidence(':memory:', { mode: 'write', tempDirectory: join(folder, 'spill'), allowedDirectories: [] })
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A type, values of it as SQL, and how DuckDB's text of a value is written here where it differs. */
interface Case {
  readonly type: string
  readonly value: fc.Arbitrary<string>
  readonly shown?: (text: string) => string
  readonly isNumber?: boolean
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`
const whole = (bits: bigint, signed: boolean): fc.Arbitrary<string> =>
  fc.bigInt({ min: signed ? -(2n ** (bits - 1n)) : 0n, max: 2n ** (signed ? bits - 1n : bits) - 1n }).map(String)
/** A number of so many digits, of which the last `scale` are behind the point. */
const decimal = (digits: number, scale: number): fc.Arbitrary<string> =>
  fc.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n })).map(([isNegative, value]) => {
    const text = String(value).padStart(scale + 1, '0')
    const number = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
    return `${isNegative ? '-' : ''}${number}`
  })
const pad = (value: number, length: number): string => String(value).padStart(length, '0')
/** Days from before the calendar was ours to after it: those outside the years 1 to 9999 are read by the client. */
const day = fc
  .tuple(fc.integer({ min: 1, max: 12_000 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`)
const time = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59), fc.oneof(fc.constant(0), fc.nat(999_999)))
  .map(([hour, minute, second, micros]) => `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(micros, 6)}`)

const CASES: readonly Case[] = [
  { type: 'BOOLEAN', value: fc.constantFrom('true', 'false') },
  ...(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'] as const).map((type, index) => ({
    type,
    value: whole(8n * 2n ** BigInt(index), true),
    isNumber: true,
  })),
  ...(['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'] as const).map((type, index) => ({
    type,
    value: whole(8n * 2n ** BigInt(index), false),
    isNumber: true,
  })),
  ...(
    [
      [4, 0],
      [4, 4],
      [9, 6],
      [18, 6],
      [38, 10],
    ] as const
  ).map(([digits, scale]) => ({
    type: `DECIMAL(${digits},${scale})`,
    value: decimal(digits, scale),
    // DuckDB leaves out the zero where a type has no room for it.
    shown: (text: string) => text.replace(/^(-?)\./, '$10.'),
  })),
  { type: 'DATE', value: fc.oneof(day, fc.constantFrom('infinity', '-infinity', '0044-03-15 (BC)')) },
  {
    type: 'TIMESTAMP',
    value: fc.oneof(
      fc.tuple(day, time).map(([date, clock]) => `${date} ${clock}`),
      fc.constant('infinity'),
    ),
    shown: (text) => text.replace(/ (?=\d\d:)/, 'T'),
  },
  { type: 'VARCHAR', value: fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0')) },
]

describe.each(CASES)('$type', ({ type, value, shown = (text) => text, isNumber }) => {
  it('comes back as DuckDB writes it, NULL among others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(value), { minLength: 1, maxLength: 70 }), async (values) => {
        const rows = values.map((one, n) => `(${n}, ${one === null ? 'NULL' : quote(one)}::${type})`)
        const found = await db.rows(`SELECT v, v::VARCHAR AS t FROM (VALUES ${rows.join(', ')}) x(n, v) ORDER BY n`)
        const texts = found.map(({ t }) => (t === null ? null : shown(String(t))))
        expect(found.map(({ v }) => (v === null ? null : String(v)))).toEqual(texts)
        // Two ways of writing the same would agree: what was given is what came.
        expect(found.map(({ v }) => v === null)).toEqual(values.map((one) => one === null))
        if (isNumber) {
          const safe = found.flatMap(({ v }) => (v !== null && Number.isSafeInteger(Number(v)) ? [typeof v] : []))
          expect(new Set(safe).size <= 1 && !safe.includes('string')).toBe(true)
        }
      }),
      { numRuns: 12 },
    )
  })
})

describe('answers', () => {
  it('of many parts keep their order and the place of each value', async () => {
    const sql = `SELECT n, CASE WHEN n % 7 <> 0 THEN 'text that does not fit into a vector ' || n END AS long,
      CASE WHEN n % 3 <> 0 THEN 'x' || n % 10 END AS short FROM (SELECT range AS n FROM range(5000)) ORDER BY n`
    const expected = Array.from({ length: 5000 }, (_, n) => ({
      n,
      long: n % 7 === 0 ? null : `text that does not fit into a vector ${n}`,
      short: n % 3 === 0 ? null : `x${n % 10}`,
    }))
    expect(await db.rows(sql)).toEqual(expected)
    const streamed: unknown[] = []
    for await (const row of db.stream(sql)) streamed.push(row)
    expect(streamed).toEqual(expected)
  })

  it('keep a byte order mark at the start of a value, and names that occur twice', async () => {
    expect(await db.rows(`SELECT chr(65279) || 'a' AS a, 1 AS a, 2 AS b`)).toEqual([{ a: '\ufeffa', 'a:1': 1, b: 2 }])
  })

  it('with one rare type among plain ones are read all the same', async () => {
    const [row] = await db.rows(`SELECT 1::BIGINT AS n, [1, NULL] AS list, 'é' AS t, '1.50'::DECIMAL(9,2) AS d,
      '0b9d1e6e-0f0c-4a52-8a4f-9d3f6f0f9a11'::UUID AS id, 'nan'::DOUBLE AS nan`)
    expect(row).toEqual({
      n: 1,
      list: [1, null],
      t: 'é',
      d: '1.50',
      id: '0b9d1e6e-0f0c-4a52-8a4f-9d3f6f0f9a11',
      nan: 'NaN',
    })
    expect(await db.rows(`SELECT 'nan'::DOUBLE AS nan, '-infinity'::FLOAT AS low, 0.1::DOUBLE AS tenth`)).toEqual([
      { nan: 'NaN', low: '-Infinity', tenth: 0.1 },
    ])
  })
})
