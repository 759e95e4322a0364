/** Rows by sorted keys: whatever the number of keys, the same rows as looking at every one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Evidence, openEvidence } from '../../../src/store/duckdb.js'
import { sqlPicked } from '../../../src/store/evidence/picked.js'
import fc from '../../support/property.js'

const ROWS = 1000
/** Three rows for each key from 0 to 299 but every tenth, which has none; the rest of the thousand lies beyond. */
const keyOf = (row: number) => Math.floor(row / 3)
const isStored = (row: number) => keyOf(row) % 10 !== 0

let db: Evidence
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recital-picked-'))
  const limits = { tempDirectory: join(folder, 'spill'), allowedDirectories: [], threads: 2 }
  db = await openEvidence(':memory:', { mode: 'write', ...limits })
  await db.run(
    `CREATE TABLE t AS SELECT (range // 3)::UBIGINT AS "the key", range AS n FROM range(${ROWS})
     WHERE (range // 3) % 10 <> 0 ORDER BY 1`,
  )
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

async function picked(keys: readonly number[], columns: readonly string[], conditions: readonly string[] = []) {
  const sql = sqlPicked(
    { table: 't', key: '"the key"', columns: ['r.n AS n', ...columns], conditions },
    keys.map((key) => `${key}::UBIGINT`),
  )
  const rows = await db.rows(sql)
  return rows.map(({ pick, n }) => [Number(pick), Number(n)] as const).sort(([a, x], [b, y]) => a - b || x - y)
}

const expected = (keys: readonly number[]) =>
  keys.flatMap((key, pick) =>
    Array.from({ length: ROWS }, (_, row) => row)
      .filter((row) => isStored(row) && keyOf(row) === key)
      .map((row) => [pick, row] as const),
  )

describe('sqlPicked', () => {
  const wide = Array.from({ length: 30 }, (_, index) => `r.n + ${index} AS c${index}`)

  it.each([1, 3, 4, 50, 51, 100, 101, 170])('finds the rows of %i keys, narrow and wide', async (count) => {
    const keys = Array.from({ length: count }, (_, index) => (index * 7) % 400)
    expect(await picked(keys, [])).toEqual(expected(keys))
    expect(await picked(keys, wide)).toEqual(expected(keys))
  })

  it('takes keys in any order, and one that is asked for twice twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(350), { minLength: 1, maxLength: 120 }), fc.boolean(), async (keys, isWide) => {
        expect(await picked(keys, isWide ? wide : [])).toEqual(expected(keys))
      }),
      { numRuns: 30 },
    )
  })

  it('keeps to the conditions', async () => {
    for (const columns of [[], wide]) {
      const keys = [1, 2, 3, 4, 5]
      const even = expected(keys).filter(([, n]) => n % 2 === 0)
      expect(await picked(keys, columns, ['r.n % 2 = 0'])).toEqual(even)
    }
  })
})
