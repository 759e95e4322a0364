import { describe, expect, it } from 'vitest'
import { fileFacts } from '../../../src/ingest/files/index.js'
import { Staging } from '../../../src/ingest/staging.js'
import { type CsvFile, type CsvWay, readCsv } from '../../../src/ingest/tables/csv.js'
import type { Row } from '../../../src/store/duckdb.js'
import fc, { runs } from '../../support/property.js'
import { type Bench, bench, onDatabase, put } from './kit.js'

interface Outcome {
  rows: Row[]
  tally: unknown
  names: readonly string[]
}

/** The raw rows of a file read in one way; null when that way hands it on to the exact one. */
const readBy = (on: Bench, path: string, way: CsvWay): Promise<Outcome | null> =>
  onDatabase(on, async (db) => {
    const staging = await Staging.open(db, { folder: on.folder, endDates: 'exclusive' })
    const raw = await readCsv(staging, await csvFile(staging, path), way)
    const isExact = raw.select.includes("nullif(a[2], '')") || raw.select.endsWith('WHERE false')
    if (way !== 'exact' && isExact) return null
    const cells = raw.names.map((_, index) => `coalesce(c${index}, '')`)
    const rows = await db.rows(
      `SELECT line, reject, CASE WHEN reject IS NULL THEN [${cells.join(', ')}] END AS cells, reject_text
       FROM (${raw.select}) ORDER BY line`,
    )
    return { rows, tally: raw.tally, names: raw.names }
  })

async function csvFile(staging: Staging, path: string): Promise<CsvFile> {
  const facts = await fileFacts(path)
  const file = staging.addFile({ name: 'x.csv', path, sha256: facts.sha256, bytes: facts.bytes }, facts.lines)
  return { file, facts, recognised: { kind: 'csv', relation: null }, delimiter: ',' }
}

/** Without the text of the records: the fast way for quotes writes them again. */
const withoutText = (outcome: Outcome | null) =>
  outcome === null ? null : { ...outcome, rows: outcome.rows.map(({ reject_text: _, ...row }) => row) }

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[ab ]{0,3}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('"', '""', 'a"b', '"a"', ' "a"', '"a" ', '"a" b', '\u00e9', '\x1f', "'", '\\'),
  },
)
const eol = fc.constantFrom('\n', '\n', '\n', '\r\n')

describe('the ways to read CSV agree', () => {
  it('on files without quotes', async () => {
    const on = bench()
    const line = fc.array(fc.stringMatching(/^[ab \x1e\\']{0,3}$/), { minLength: 1, maxLength: 4 })
    const file = fc.record({ lines: fc.array(line, { maxLength: 6 }), end: eol, last: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(file, async ({ lines, end, last }) => {
        const text = ['h,i,j', ...lines.map((cells) => cells.join(','))].join(end) + (last ? end : '')
        const [path = ''] = put(on, { 'shares.csv': text })
        const plain = await readBy(on, path, 'plain')
        expect(plain).not.toBeNull()
        const cells = await readBy(on, path, 'cells')
        if (cells !== null) expect(withoutText(cells)).toEqual(withoutText(plain))
        expect(plain).toEqual(await readBy(on, path, 'exact'))
      }),
      runs(30),
    )
  })

  it('on files with quotes, wherever the fast way vouches for itself', async () => {
    const on = bench()
    const quotedCell = fc.stringMatching(/^[ab, \n"]{0,4}$/).map((text) => `"${text.replaceAll('"', '""')}"`)
    const line = fc.array(fc.oneof({ weight: 4, arbitrary: quotedCell }, cell), { minLength: 3, maxLength: 3 })
    const odd = fc.array(fc.oneof(cell, quotedCell), { minLength: 0, maxLength: 5 })
    const lines = fc.array(fc.oneof({ weight: 12, arbitrary: line }, odd), { maxLength: 5 })
    let vouched = 0
    await fc.assert(
      fc.asyncProperty(lines, eol, fc.boolean(), async (records, end, last) => {
        const text = ['"h",i,j', ...records.map((cells) => cells.join(','))].join(end) + (last ? end : '')
        const [path = ''] = put(on, { 'shares.csv': text })
        const quoted = await readBy(on, path, 'cells')
        const exact = await readBy(on, path, 'exact')
        if (quoted === null) return
        vouched += 1
        expect(withoutText(quoted)).toEqual(withoutText(exact))
      }),
      runs(110),
    )
    expect(vouched).toBeGreaterThan(20)
  })
})

describe('the fast way for quotes', () => {
  const refused: [string, string][] = [
    ['a separator too many at the end of a row', '"x",y,\nz,w\n'],
    ['an empty quoted cell too many', '"x",y,""\nz,w\n'],
    ['a blank before a quote', ' "x",y\nz,w\n'],
    ['a blank after a quote', '"x" ,y\nz,w\n'],
    ['a blank line', '"x",y\n\nz,w\n'],
    ['a cell over two lines', '"x\nx",y\nz,w\n'],
    ['text after a quote', '"x"x,y\nz,w\n'],
    ['a quote never closed', '"x",y\nz,"w\n'],
  ]
  it.each(refused)('is not trusted with %s', async (_, rows) => {
    const on = bench()
    const [path = ''] = put(on, { 'shares.csv': `h,i\n${rows}` })
    expect(await readBy(on, path, 'cells')).toBeNull()
  })

  it('keeps the order of the file over many blocks and threads', async () => {
    const on = bench()
    const rows = Array.from({ length: 200_000 }, (_, index) => `"${index}","some words, and a comma",x`)
    const [path = ''] = put(on, { 'shares.csv': `id,text,more\n${rows.join('\n')}\n` })
    const row = await onDatabase(on, async (db) => {
      const staging = await Staging.open(db, { folder: on.folder, endDates: 'exclusive' })
      const raw = await readCsv(staging, await csvFile(staging, path), 'cells')
      expect(raw.select).toContain('rowid + 2 AS line')
      const counts = 'count(*) AS n, count(*) FILTER (c0 <> (line - 2)::VARCHAR) AS displaced'
      return (await db.rows(`SELECT ${counts} FROM (${raw.select})`))[0]
    })
    expect(row).toEqual({ n: 200_000, displaced: 0 })
  })
})
