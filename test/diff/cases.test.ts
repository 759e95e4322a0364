/** Cases of other tools' test suites and of their bug reports, as data: cases/*.yaml. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { columnType, type OnDuplicate } from '../../src/diff/index.js'
import { type Ask, DiffBench, type PlainChange } from './kit.js'

interface Case {
  name: string
  old: string
  new: string
  /** Endings of the file names, where they say something to the reader of a case; recognised by content all the same. */
  key?: string[]
  types?: Record<string, string>
  tolerance?: Record<string, string>
  nullText?: string
  trim?: boolean
  ignoreCase?: boolean
  ignore?: string[]
  only?: string[]
  rename?: Record<string, string>
  onDuplicate?: OnDuplicate
  rows?: { old: number; new: number }
  columns?: Record<string, unknown>
  ignored?: Record<string, number>
  duplicateKeys?: { old: number; new: number }
  changes?: Partial<PlainChange>[]
  error?: string
  message?: string
}

const folder = fileURLToPath(new URL('cases', import.meta.url))
let bench: DiffBench

beforeAll(async () => {
  bench = await DiffBench.open()
})
afterAll(() => bench.close())

const tolerance = (text: string) => ({ amount: text.replace('%', ''), relative: text.endsWith('%') })

function askOf({ types = {}, tolerance: near = {}, rename = {}, ...one }: Case): Ask {
  const { key, nullText, trim, ignoreCase, ignore, only, onDuplicate } = one
  const given = { key, nullText, trim, ignoreCase, ignore, only, onDuplicate }
  return {
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Ask),
    types: new Map(Object.entries(types).map(([column, type]) => [column, columnType(type)])),
    tolerance: new Map(Object.entries(near).map(([column, text]) => [column, tolerance(text)])),
    rename: new Map(Object.entries(rename)),
  }
}

for (const file of readdirSync(folder).sort()) {
  describe(file, () => {
    const cases = parse(readFileSync(join(folder, file), 'utf8')) as Case[]
    it.each(cases)('$name', async (one) => {
      const place = bench.place()
      const [old, now] = [bench.write(place, 'old', one.old), bench.write(place, 'new', one.new)]
      if (one.error !== undefined) {
        const failure = await bench.diff(old, now, askOf(one)).catch((error: unknown) => error)
        expect(failure).toMatchObject({
          code: one.error,
          exitCode: expect.toSatisfy((code) => code === 2 || code === 3),
        })
        if (one.message !== undefined) {
          const { message, details } = failure as { message: string; details: { examples?: string[] } }
          expect([message, ...(details.examples ?? [])].join('\n')).toContain(one.message)
        }
        return
      }
      const { diff, changes } = await bench.diff(old, now, askOf(one))
      expect(changes.length).toBe(one.changes?.length)
      changes.forEach((change, index) => {
        expect(change).toMatchObject(one.changes?.[index] ?? {})
      })
      const { created, updated, deleted, unchanged } = diff.counts
      if (one.rows !== undefined) expect(diff.rows).toEqual(one.rows)
      expect(diff.rows.old).toBe(unchanged + updated + deleted)
      expect(diff.rows.new).toBe(unchanged + updated + created)
      expect([created, updated, deleted]).toEqual(
        ['create', 'update', 'delete'].map((op) => changes.filter((change) => change.op === op).length),
      )
      if (one.columns !== undefined) {
        expect({ ...diff.schema, changed: Object.fromEntries(diff.changed) }).toMatchObject(one.columns)
        if (one.columns.changed !== undefined) expect(Object.fromEntries(diff.changed)).toEqual(one.columns.changed)
      }
      if (one.ignored !== undefined) expect(Object.fromEntries(diff.ignored)).toEqual(one.ignored)
      if (one.duplicateKeys !== undefined) expect(diff.duplicateKeys).toEqual(one.duplicateKeys)
    })
  })
}
