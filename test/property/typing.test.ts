/** Dates and shares are read twice in this program: by SQL where they are staged, by the model everywhere else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GIVEN_PLACE_COLUMNS, typedSelect } from '../../src/ingest/typing.js'
import { exclusiveEnd, parseCalendarDate } from '../../src/model/dates/calendar.js'
import type { Relation } from '../../src/model/relations.js'
import { parseShare } from '../../src/model/shares/share.js'
import { type Evidence, openEvidence, type Row } from '../../src/store/duckdb.js'
import fc, { runs } from '../support/property.js'

const RELATION: Relation = {
  name: 'typed',
  columns: [
    { name: 'share', kind: 'share' },
    { name: 'day', kind: 'date' },
    { name: 'end', kind: 'end-date' },
  ],
  key: ['share'],
  subject: { kind: 'custom', columns: ['share'] },
}

let db: Evidence
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'recital-typing-'))
  const options = { mode: 'write', tempDirectory: folder, allowedDirectories: [folder], threads: 1 } as const
  db = await openEvidence(':memory:', options)
})

afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Typed rows of texts in one column, in their order; the other columns are empty. */
async function typed(
  column: 'share' | 'day' | 'end',
  texts: readonly string[],
  endDates: 'exclusive' | 'inclusive' = 'exclusive',
): Promise<Row[]> {
  const places = GIVEN_PLACE_COLUMNS.filter((name) => name !== 'file' && name !== 'line')
  const values = RELATION.columns.map(({ name }) => `${name === column ? 't' : 'NULL::VARCHAR'} AS "${name}"`)
  const given = `SELECT 0 AS file, line, ${places.map((name) => `NULL::VARCHAR AS ${name}`).join(', ')}, ${values.join(', ')}
    FROM (SELECT unnest($texts::JSON::VARCHAR[]) AS t, generate_subscripts($texts::JSON::VARCHAR[], 1) AS line)`
  const rows = await db.rows(
    `SELECT line, reject_reason, share::VARCHAR AS share, day::VARCHAR AS day, day_last::VARCHAR AS day_last,
       "end"::VARCHAR AS "end", end_last::VARCHAR AS end_last, raw
     FROM (${typedSelect(RELATION, given, endDates)}) ORDER BY line`,
    { texts: JSON.stringify(texts) },
  )
  expect(rows).toHaveLength(texts.length)
  return rows
}

/** Blanks around a cell are no part of it (contract of the plain input format). */
const trimmed = (text: string): string => text.replace(/^ +| +$/g, '')

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max })

const nasty = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789+-.,eE_% '), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => !/[\0\ud800-\udfff]/.test(text)),
  fc.constantFrom('NaN', 'inf', '-Infinity', '1e2', '0x10', '５０', '٣', '1 000', '--5', '+', '.', '-.', '', '1/2'),
)

const shareText = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('', '+', '-'), digits(0, 12), fc.constantFrom('', '.'), digits(0, 12))
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: nasty },
)

const two = fc.integer({ min: 0, max: 40 }).map((n) => String(n).padStart(2, '0'))
const year = fc.oneof(
  digits(4, 4),
  fc.integer({ min: 1890, max: 2110 }).map(String),
  fc.constantFrom('0000', '0001', '9998', '9999', '1900', '2000'),
)
const dateText = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(year, two, two).map((parts) => parts.join('-')) },
  {
    weight: 1,
    arbitrary: fc.tuple(year, fc.constantFrom('02'), fc.constantFrom('28', '29', '30')).map((parts) => parts.join('-')),
  },
  { weight: 1, arbitrary: fc.tuple(year, two).map((parts) => parts.join('-')) },
  { weight: 1, arbitrary: year },
  {
    weight: 1,
    arbitrary: fc
      .tuple(year, two, two, fc.constantFrom('', ' ', 'Z', ' BC', 'T00:00:00'))
      .map(([y, m, d, tail]) => `${y}/${m}-${d}${tail}`),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      nasty,
      fc.constantFrom('infinity', 'epoch', 'today', '2020-2-3', '20200203', '-2020-01-01', '10000-01-01'),
    ),
  },
)

const RUNS = 12
const many = (text: fc.Arbitrary<string>) => fc.array(text, { minLength: 200, maxLength: 200 })

/** Millionths of a percent of a DECIMAL written out. */
const micros = (text: string): bigint => BigInt(text.replace('.', ''))

describe('SQL and the model read the same', () => {
  it('shares: accepted or not, and to the last millionth of a percent', async () => {
    const widest = 10n ** 18n
    await fc.assert(
      fc.asyncProperty(many(shareText), async (texts) => {
        for (const [index, row] of (await typed('share', texts)).entries()) {
          const text = trimmed(texts[index] ?? '')
          const parsed = text === '' ? null : parseShare(text)
          const isTooWide = parsed !== null && (parsed.micro >= widest || parsed.micro <= -widest)
          const expected = parsed === null || isTooWide ? null : parsed.micro
          const found = row.share === null ? null : micros(String(row.share))
          expect([text, found]).toEqual([text, expected])
          expect([text, row.reject_reason]).toEqual([
            text,
            text !== '' && expected === null ? 'share is not a number' : null,
          ])
        }
      }),
      runs(RUNS),
    )
  })

  it('dates: accepted or not, the first and the last day that they can mean', async () => {
    await fc.assert(
      fc.asyncProperty(many(dateText), async (texts) => {
        for (const [index, row] of (await typed('day', texts)).entries()) {
          const text = trimmed(texts[index] ?? '')
          const range = parseCalendarDate(text)
          const last = range === null || range.first === range.last ? null : range.last
          expect([text, row.day, row.day_last]).toEqual([text, range?.first ?? null, last])
          expect([text, row.reject_reason]).toEqual([text, text !== '' && range === null ? 'day is not a date' : null])
        }
      }),
      runs(RUNS),
    )
  })

  it('inclusive end dates: moved one day on; year 9999 is no end and keeps its text', async () => {
    await fc.assert(
      fc.asyncProperty(many(dateText), async (texts) => {
        for (const [index, row] of (await typed('end', texts, 'inclusive')).entries()) {
          const text = trimmed(texts[index] ?? '')
          const range = parseCalendarDate(text)
          const isOpen = range === null || text >= '9999'
          const moved = isOpen ? { first: null, last: null } : exclusiveEnd(range)
          const last = isOpen || range.first === range.last ? null : moved.last
          expect([text, row.end, row.end_last]).toEqual([text, moved.first, last])
          if (range !== null) expect([text, row.raw]).toEqual([text, isOpen ? JSON.stringify({ end: text }) : null])
        }
      }),
      runs(RUNS),
    )
  })
})
