/** Every order of a few rows and columns, a long shuffle, and other formats, one by one. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { literal } from '../../src/store/columns.js'
import { DiffBench } from './kit.js'

let bench: DiffBench

beforeAll(async () => {
  bench = await DiffBench.open(1)
})
afterAll(() => bench.close())

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}

const csv = (columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string =>
  [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('')

const OLD = [
  { id: '1', a: 'x', b: '' },
  { id: '2', a: 'y', b: 'q' },
  { id: '3', a: 'z', b: 'r' },
  { id: '4', a: 'x', b: '4' },
]
/** Row 1 updated, row 3 gone, row 5 new. */
const NEW = [
  { id: '1', a: 'X', b: '' },
  { id: '2', a: 'y', b: 'q' },
  { id: '4', a: 'x', b: '4' },
  { id: '5', a: 'n', b: 'n' },
]
const EXPECTED = [
  { op: 'update', key: { id: '1' }, before: OLD[0], after: NEW[0], changed: ['a'] },
  { op: 'delete', key: { id: '3' }, before: OLD[2], after: null, changed: [] },
  { op: 'create', key: { id: '5' }, before: null, after: NEW[3], changed: [] },
]

describe('D10, D13: the order says nothing', () => {
  it('every order of four rows, and of three columns, of the new file', async () => {
    const place = bench.place()
    const old = bench.write(place, 'old.csv', csv(['id', 'a', 'b'], OLD))
    const orders = [
      ...permutations(NEW).map((rows) => csv(['id', 'a', 'b'], rows)),
      ...permutations(['id', 'a', 'b']).map((columns) => csv(columns, NEW)),
    ]
    expect(orders).toHaveLength(24 + 6)
    for (const text of orders) {
      const { changes } = await bench.diff(old, bench.write(bench.place(), 'new.csv', text), { key: ['id'] })
      expect(changes).toEqual(EXPECTED)
    }
  })

  it('ten thousand rows shuffled are no difference', async () => {
    const row = (id: number): string => `${id},owner ${id % 7},${id * 3}\n`
    const ids = Array.from({ length: 10_000 }, (_, index) => index)
    const place = bench.place()
    const old = bench.write(place, 'old.csv', `id,owner,v\n${ids.map(row).join('')}`)
    // 7919 is prime: every number from 0 to 9,999 once.
    const now = bench.write(
      place,
      'new.csv',
      `id,owner,v\n${ids.map((index) => row((index * 7919) % 10_000)).join('')}`,
    )
    const { diff, changes } = await bench.diff(old, now, { key: ['id'] })
    expect(changes).toEqual([])
    expect(diff.counts).toEqual({ created: 0, updated: 0, deleted: 0, unchanged: 10_000 })
  })
})

describe('formats and names', () => {
  it('Parquet against CSV, either way, is what CSV against CSV is', async () => {
    const place = bench.place()
    const write = async (name: string, rows: typeof OLD) => {
      const file = bench.write(place, `${name}.csv`, csv(['id', 'a', 'b'], rows))
      const path = join(place, `${name}.parquet`)
      await bench.db.run(
        `COPY (SELECT * FROM read_csv(${literal(file.path)}, all_varchar = true)) TO ${literal(path)} (FORMAT parquet)`,
      )
      return { csv: file, parquet: { path, name: `${name}.parquet` } }
    }
    const [old, now] = [await write('old', OLD), await write('new', NEW)]
    for (const [a, b] of [
      [old.parquet, now.parquet],
      [old.csv, now.parquet],
      [old.parquet, now.csv],
    ] as const) {
      const { changes } = await bench.diff(a, b, { key: ['id'] })
      // An empty cell is no value in Parquet: read_csv made it so.
      expect(changes.map(({ op, key, changed }) => ({ op, key, changed }))).toEqual(
        EXPECTED.map(({ op, key, changed }) => ({ op, key, changed })),
      )
    }
  })

  it('columns renamed in the same way on both sides change nothing but their names', async () => {
    const renamed = (rows: typeof OLD) => rows.map(({ id, a, b }) => ({ 'Listing ID': id, a2: a, B: b }))
    const place = bench.place()
    const columns = ['Listing ID', 'a2', 'B']
    const old = bench.write(place, 'old.csv', csv(columns, renamed(OLD)))
    const now = bench.write(place, 'new.csv', csv(columns, renamed(NEW)))
    const { changes } = await bench.diff(old, now, { key: ['Listing ID'] })
    const [first] = changes
    expect(changes.map(({ op }) => op)).toEqual(EXPECTED.map(({ op }) => op))
    expect(first).toEqual({
      op: 'update',
      key: { 'Listing ID': '1' },
      before: { 'Listing ID': '1', a2: 'x', B: '' },
      after: { 'Listing ID': '1', a2: 'X', B: '' },
      changed: ['a2'],
    })
  })

  it('a JSON array against itself, of the same name in the same place', async () => {
    const file = bench.write(bench.place(), 'a.json', '[{"id": 1, "v": 1.10}, {"id": 2, "v": 2}]')
    const { diff, changes } = await bench.diff(file, file, { key: ['id'] })
    expect(changes).toEqual([])
    expect(diff.counts.unchanged).toBe(2)
  })
})
