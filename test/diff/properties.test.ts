/** What must hold of every diff, whatever is in the files, against a model that is written here by itself. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyChanges, readChanges, writeChanges } from '../../src/diff/index.js'
import fc from '../support/property.js'
import { DiffBench, type PlainChange } from './kit.js'

type Row = Readonly<Record<string, string>>
interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

let bench: DiffBench
let other: DiffBench

beforeAll(async () => {
  bench = await DiffBench.open(1)
  other = await DiffBench.open(2)
})
afterAll(async () => {
  await bench.close()
  await other.close()
})

/** Texts that have gone wrong somewhere: quotes, delimiters, line ends, look-alikes, things that are nearly null. */
const cell = fc.constantFrom(
  '',
  'a',
  'A',
  ' a',
  'a,b',
  'x;y',
  'q"q',
  '"',
  'l1\nl2',
  'NULL',
  '1',
  '1.0',
  '01',
  'é',
  'e\u0301',
  '{"a":1}',
  '->',
  '\\',
  "'",
)
const keyPart = fc.constantFrom('a', 'bc', 'ab', 'c', '1', '01', 'x,y', 'k"', 'Ü', 'z z')
const KEY = ['k1', 'k2']
const COLUMNS = ['k1', 'k2', 'v1', 'v2']

const idOf = (row: Row): string => JSON.stringify(KEY.map((name) => row[name]))

const table: fc.Arbitrary<Table> = fc
  .uniqueArray(fc.record({ k1: keyPart, k2: fc.oneof(keyPart, fc.constant('')), v1: cell, v2: cell }), {
    selector: idOf,
    maxLength: 8,
  })
  .map((rows) => ({ columns: COLUMNS, rows }))

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** The model: rows found by key, compared value by value, in the order of the keys' bytes. */
function model(old: Table, now: Table): PlainChange[] {
  const [before, after] = [old, now].map(({ rows }) => new Map(rows.map((row) => [idOf(row), row])))
  const ids = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])]
  const changes = ids.flatMap((id): PlainChange[] => {
    const [was, is] = [before?.get(id) ?? null, after?.get(id) ?? null]
    const changed = was !== null && is !== null ? COLUMNS.filter((name) => was[name] !== is[name]) : []
    if (was !== null && is !== null && changed.length === 0) return []
    const some = was ?? is
    const key = Object.fromEntries(KEY.map((name) => [name, some?.[name]]))
    return [{ op: was === null ? 'create' : is === null ? 'delete' : 'update', key, before: was, after: is, changed }]
  })
  const part = (change: PlainChange, name: string): string => String(change.key[name])
  return changes.sort((a, b) => byBytes(part(a, 'k1'), part(b, 'k1')) || byBytes(part(a, 'k2'), part(b, 'k2')))
}

interface Writing {
  readonly delimiter: string
  readonly eol: string
  readonly mark: string
  readonly columns: readonly string[]
}

const PLAIN: Writing = { delimiter: ',', eol: '\n', mark: '', columns: COLUMNS }

function csv({ rows }: Table, { delimiter, eol, mark, columns }: Writing = PLAIN): string {
  const text = (value: string): string =>
    /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
  return mark + lines.map((cells) => cells.map(text).join(delimiter) + eol).join('')
}

const jsonl = ({ rows }: Table): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** A file of a table, in a folder of its own. */
function file(of: DiffBench, name: string, content: string) {
  return of.write(of.place(), name, content)
}

async function changesOf(old: Table, now: Table, on = bench, partitions?: number): Promise<PlainChange[]> {
  const ask = { key: KEY, ...(partitions === undefined ? {} : { partitions }) }
  const { changes } = await on.diff(file(on, 'old.csv', csv(old)), file(on, 'new.csv', csv(now)), ask)
  return changes
}

const mirrored = (changes: readonly PlainChange[]): PlainChange[] =>
  changes.map(({ op, key, before, after, changed }) => ({
    op: op === 'create' ? 'delete' : op === 'delete' ? 'create' : op,
    ...{ key, before: after, after: before, changed },
  }))

const RUNS = { numRuns: 15, seed: 5 }

describe('a diff', () => {
  it('is what the model says, and its counts add up', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, async (old, now) => {
        const { diff, changes } = await bench.diff(file(bench, 'a', csv(old)), file(bench, 'b', csv(now)), { key: KEY })
        expect(changes).toEqual(model(old, now))
        const { created, updated, deleted, unchanged } = diff.counts
        expect([unchanged + updated + deleted, unchanged + updated + created]).toEqual([
          old.rows.length,
          now.rows.length,
        ])
      }),
      RUNS,
    )
  })

  it('of a file with itself is empty, and turned round it is its mirror image', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, async (old, now) => {
        expect(await changesOf(old, old)).toEqual([])
        expect(mirrored(await changesOf(now, old))).toEqual(await changesOf(old, now))
      }),
      { ...RUNS, numRuns: 10 },
    )
  })

  it('does not hang on the order of rows and columns, format, delimiter, line ends, marks, threads, memory or parts', async () => {
    const mixed = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      eol: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\ufeff'),
      columns: fc.shuffledSubarray(COLUMNS, { minLength: COLUMNS.length }),
    })
    await fc.assert(
      fc.asyncProperty(table, table, mixed, fc.boolean(), fc.gen(), async (old, now, writing, isLines, g) => {
        const expected = model(old, now)
        const shuffled = {
          ...now,
          rows: g(fc.shuffledSubarray, [...now.rows], { minLength: now.rows.length }) as Row[],
        }
        const a = isLines && old.rows.length > 0 ? jsonl(old) : csv(old, writing)
        const b = isLines && now.rows.length > 0 ? jsonl(shuffled) : csv(shuffled, { ...writing, columns: COLUMNS })
        const ask = { key: KEY, partitions: 3 }
        // A CSV file on one side only cannot tell an empty part of a key from none: both sides then show none.
        if (isLines && (old.rows.length === 0) !== (now.rows.length === 0)) return
        const { changes } = await other.diff(file(other, 'a', a), file(other, 'b', b), ask)
        const sorted = ({ before, after, ...change }: PlainChange) => ({
          ...change,
          changed: [...change.changed].sort(),
          before,
          after,
        })
        expect(changes.map(sorted)).toEqual(expected.map(sorted))
      }),
      RUNS,
    )
  })

  it('applied to the old file gives the new one, taken back from it the old one, through every format', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, fc.constantFrom('jsonl', 'csv', 'parquet'), async (old, now, format) => {
        const place = bench.place()
        const [a, b] = [bench.write(place, 'a.csv', csv(old)), bench.write(place, 'b.csv', csv(now))]
        const { diffFiles } = await import('../../src/diff/index.js')
        const diff = await diffFiles(bench.db, { key: KEY, old: a, new: b, folder: bench.place() })
        const changes = { path: join(place, `c.${format}`), name: `c.${format}` }
        await writeChanges(bench.db, diff, { ...changes, format, envelope: 'plain', overwrite: false } as Parameters<
          typeof writeChanges
        >[2])
        await bench.changes(diff)
        for (const reverse of [false, true]) {
          const out = { path: join(place, `${reverse}.csv`), name: 'out.csv', overwrite: false, format: 'csv' as const }
          await applyChanges(bench.db, { old: reverse ? b : a, changes, reverse, out, folder: bench.place() })
          const back = { path: out.path, name: 'out.csv' }
          const { changes: left } = await bench.diff(back, reverse ? a : b, { key: KEY })
          expect(left).toEqual([])
        }
      }),
      { ...RUNS, numRuns: 15 },
    )
  })

  it('followed by another is the diff of the ends', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, table, async (one, two, three) => {
        const events = [...(await changesOf(one, two)), ...(await changesOf(two, three))]
        const log = file(bench, 'log.jsonl', events.map((event) => `${JSON.stringify(event)}\n`).join(''))
        const {
          table: name,
          columns,
          key,
        } = await readChanges(bench.db, { ...log, folder: bench.place(), key: KEY }).catch((error: unknown) => {
          if (events.length > 0) throw error
          return { table: '', columns: [], key: KEY }
        })
        if (name === '') return
        const sides = { old: COLUMNS, new: COLUMNS }
        const found = await bench.changes({ changeSet: { table: name, columns, key }, sides } as unknown as Parameters<
          DiffBench['changes']
        >[0])
        const ends = model(one, three)
        expect(found.map(({ op, key: k, before, after }) => [op, k, before, after])).toEqual(
          ends.map(({ op, key: k, before, after }) => [op, k, before, after]),
        )
      }),
      { ...RUNS, numRuns: 12 },
    )
  })
})

describe('a large diff', () => {
  it('gives the same bytes for one thread and two, in one piece and in parts, by lines and by columns, and again', async () => {
    const files = new Map<string, Buffer>()
    for (const [name, on, partitions, quote, delimiter] of [
      ['one thread', bench, 1, '', ','],
      ['two threads', other, 1, '', ','],
      ['parts', other, 5, '', ','],
      ['quoted', other, 1, '"', ','],
      ['columns', other, 1, '"', ';'],
    ] as const) {
      const place = on.place()
      const rows = (shift: number, separator: string): string =>
        Array.from({ length: 30_000 }, (_, index) => {
          const id = (index * 7919) % 30_011
          return [id, id % 3 === 0 ? id + shift : id, `${quote}n${id % 10}${quote}\n`].join(separator)
        }).join('')
      const old = on.write(place, 'old.csv', `id,v,w\n${rows(0, ',')}`)
      const header = ['id', 'v', 'w\n'].join(delimiter)
      const last = ['40000', '1', `${quote}x${quote}\n`].join(delimiter)
      const now = on.write(place, 'new.csv', `${header}${rows(1, delimiter)}${last}`)
      const { diffFiles } = await import('../../src/diff/index.js')
      const diff = await diffFiles(on.db, { key: ['id'], old, new: now, folder: on.place(), partitions })
      expect(diff.way).toBe(delimiter === ',' ? 'lines' : 'columns')
      for (const format of ['jsonl', 'parquet', 'csv'] as const) {
        const path = join(place, `out.${format}`)
        await writeChanges(on.db, diff, { path, name: 'out', format, envelope: 'plain', overwrite: false })
        const bytes = readFileSync(path)
        const first = files.get(format)
        if (first === undefined) files.set(format, bytes)
        else expect(bytes.equals(first), `${name}, ${format}`).toBe(true)
      }
      await on.changes(diff)
    }
    const lines = files.get('jsonl')?.toString('utf8').trimEnd().split('\n') ?? []
    // 30,000 of the numbers 0 to 30,010 occur; a third of them has another value, and 40000 is new.
    const present = new Set(Array.from({ length: 30_000 }, (_, index) => (index * 7919) % 30_011))
    expect(lines.length).toBe([...present].filter((id) => id % 3 === 0).length + 1)
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      op: 'update',
      key: { id: '0' },
      before: { id: '0', v: '0', w: 'n0' },
      after: { id: '0', v: '1', w: 'n0' },
      changed: ['v'],
    })
  })
})
