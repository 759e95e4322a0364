/** Changes put onto JSON Lines: what was a number stays a number, to the byte. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { applyChanges, diffFiles, writeChanges } from '../../src/diff/index.js'
import fc from '../support/property.js'
import { DiffBench } from './kit.js'

let bench: DiffBench

beforeAll(async () => {
  bench = await DiffBench.open(1)
})
afterAll(() => bench.close())

/** Writes what the changes from one file to the other make of the first. */
async function applied(old: string, now: string, format: 'jsonl' | 'csv' | 'parquet'): Promise<string> {
  const place = bench.place()
  const [a, b] = [bench.write(place, 'a.jsonl', old), bench.write(place, 'b.jsonl', now)]
  const diff = await diffFiles(bench.db, { key: ['id'], old: a, new: b, folder: bench.place() })
  const changes = { path: join(place, `c.${format}`), name: `c.${format}` }
  await writeChanges(bench.db, diff, { ...changes, format, envelope: 'plain', overwrite: false })
  await bench.changes(diff)
  const out = { path: join(place, 'out.jsonl'), name: 'out.jsonl', overwrite: false, format: 'jsonl' as const }
  await applyChanges(bench.db, { old: a, changes, reverse: false, out, folder: bench.place() })
  return readFileSync(out.path, 'utf8')
}

it('a column of numbers, of booleans or of nested values stays one; digits and signs stay as they were', async () => {
  const old = [
    '{"id":1,"price":1.10,"count":12345678901234567890,"live":true,"tags":["a"],"code":"007"}',
    '{"id":2,"price":null,"count":0,"live":false,"tags":[],"code":"1"}',
    '{"id":3,"price":-0.5,"count":7,"live":true,"tags":null,"code":"true"}',
  ]
  const now = [
    '{"id":1,"price":1.1,"count":12345678901234567891,"live":false,"tags":["a","b"],"code":"7"}',
    '{"id":3,"price":-0.5,"count":7,"live":true,"tags":null,"code":"true"}',
    '{"id":4,"price":1e3,"count":1,"live":true,"tags":{"x":1},"code":"[1]"}',
  ]
  for (const format of ['jsonl', 'parquet'] as const) {
    expect(await applied(`${old.join('\n')}\n`, `${now.join('\n')}\n`, format)).toBe(`${now.join('\n')}\n`)
  }
})

it('a column of numbers and texts is written as texts', async () => {
  const [old, now] = ['{"id":"a","v":1}\n{"id":"b","v":"x"}\n', '{"id":"a","v":2}\n{"id":"b","v":"x"}\n']
  expect(await applied(old, now, 'jsonl')).toBe('{"id":"a","v":"2"}\n{"id":"b","v":"x"}\n')
})

it('rows keep their order, whatever a column is called', async () => {
  const old = '{"id":9,"line":3,"position":"c"}\n{"id":1,"line":2,"position":"b"}\n{"id":5,"line":1,"position":"a"}\n'
  const now = old.replace('"b"', '"z"')
  expect(await applied(old, now, 'jsonl')).toBe(now)
})

it('apply(a, diff(a, b)) is b, byte for byte', async () => {
  const number = fc.constantFrom('0', '-1', '1.50', '2e5', '99999999999999999999', 'null')
  const rows = fc.uniqueArray(
    fc.tuple(fc.integer({ min: 10, max: 30 }), number, fc.constantFrom('', '1', 'a"b', 'é')),
    {
      selector: ([id]) => id,
      minLength: 1,
      maxLength: 8,
    },
  )
  const text = (all: readonly (readonly [number, string, string])[]): string =>
    all.map(([id, price, name]) => `{"id":${id},"price":${price},"name":${JSON.stringify(name)}}\n`).join('')
  await fc.assert(
    fc.asyncProperty(rows, rows, async (one, two) => {
      // Every file has a price that is a number: what a column is, is told by its values.
      const [old, now] = [one, two].map((all) => [[5, '1', 'x'] as const, ...all])
      const known = new Map(old?.map(([id], place) => [id, place]))
      // The order of the result: rows of the old file as they stood there, then the new ones by their key.
      const order = ([a]: readonly [number, string, string], [b]: readonly [number, string, string]): number =>
        (known.get(a) ?? 100 + a) - (known.get(b) ?? 100 + b)
      const sorted = [...(now ?? [])].sort(order)
      expect(await applied(text(old ?? []), text(sorted), 'jsonl')).toBe(text(sorted))
    }),
    { numRuns: 10, seed: 3 },
  )
})
