import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseIdentifier } from '../../src/model/identifiers/parse.js'
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../src/model/identifiers/specs.js'
import { type Column, RELATIONS, type Relation, type RelationName } from '../../src/model/relations.js'
import { temporaryFolder } from '../support/workspaces.js'
import { benchModule, type Plan, runBench } from './kit.js'

type Row = Readonly<Record<string, string | null>>
type Delivery = Readonly<Record<string, readonly Row[]>>

const { planOf } = await benchModule<{ planOf(total: number): Plan }>('catalogue/sizes.js')

/** Every table of a delivery as texts, null where empty. */
async function readDelivery(folder: string): Promise<Delivery> {
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  const tables: Record<string, readonly Row[]> = {}
  for (const file of readdirSync(folder)) {
    const sql = `SELECT * FROM read_csv('${join(folder, file)}', all_varchar = true, header = true)`
    tables[file.replace('.csv', '')] = (await db.runAndReadAll(sql)).getRowObjectsJson() as Row[]
  }
  db.closeSync()
  instance.closeSync()
  return tables
}

const isIdentifier = (kind: string): kind is IdentifierKind => IDENTIFIER_KINDS.some((known) => known === kind)

/** What is wrong with a cell, as the plain input format sees it; undefined when nothing is. */
function fault({ kind, required, codes }: Column, value: string | null): string | undefined {
  if (value === null) return required === true ? 'missing' : undefined
  if (codes !== undefined && !codes.includes(value)) return 'unknown code'
  if (isIdentifier(kind) && !parseIdentifier(kind, value).valid) return 'no valid identifier'
  if (kind.endsWith('date') && !/^\d{4}-\d\d(-\d\d)?$/.test(value)) return 'no date'
  if (kind === 'integer' && !/^\d+$/.test(value)) return 'no number'
  if (kind === 'share' && !(/^\d+\.\d\d$/.test(value) && Number(value) > 0 && Number(value) <= 100)) return 'no share'
  return undefined
}

describe('the made-up catalogue', () => {
  let folder: string
  let printed: { readonly plan: Plan; readonly isrcs: readonly string[] }
  let deliveries: readonly Delivery[]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recital-test-'))
    const ended = await runBench('generate.js', ['--rows', '5e3', '--out', folder, '--samples', '7'])
    expect(ended.stderr).toBe('')
    printed = JSON.parse(ended.stdout)
    deliveries = await Promise.all(['first', 'second'].map((name) => readDelivery(join(folder, name))))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has valid cells only, in columns of the plain input format', () => {
    const faults = deliveries.flatMap((delivery) =>
      Object.entries(delivery).flatMap(([name, rows]) => {
        const relation: Relation = RELATIONS[name as RelationName]
        const columns = new Map(relation.columns.map((column) => [column.name, column]))
        return rows.flatMap((row) =>
          Object.entries(row).flatMap(([cell, value]) => {
            const column = columns.get(cell)
            const wrong = column === undefined ? 'unknown column' : fault(column, value)
            return wrong === undefined ? [] : [`${name}.${cell} ${value}: ${wrong}`]
          }),
        )
      }),
    )
    expect(faults).toEqual([])
  })

  it('states every kind of identifier, each once', () => {
    const places = { works: ['iswc'], recordings: ['isrc'], parties: ['ipi_name_number', 'ipi_base_number', 'isni'] }
    for (const [name, columns] of Object.entries(places)) {
      for (const column of columns) {
        const stated = (deliveries[0]?.[name] ?? []).flatMap((row) => row[column] ?? [])
        expect(stated.length, column).toBeGreaterThan(10)
        expect(new Set(stated).size, column).toBe(stated.length)
      }
    }
  })

  it('refers to rows of the same delivery only', () => {
    for (const delivery of deliveries) {
      const ids = (name: string, column: string): (string | null | undefined)[] =>
        (delivery[name] ?? []).map((row) => row[column])
      const references = [
        [ids('links', 'recording_id'), new Set(ids('recordings', 'recording_id'))],
        [ids('usage', 'recording_id'), new Set(ids('recordings', 'recording_id'))],
        [ids('links', 'work_id'), new Set(ids('works', 'work_id'))],
        [ids('shares', 'work_id'), new Set(ids('works', 'work_id'))],
        [ids('shares', 'party_id'), new Set([...ids('parties', 'party_id'), null])],
        [ids('licences', 'licensor_party_id'), new Set(ids('parties', 'party_id'))],
      ] as const
      for (const [from, to] of references) expect(from.filter((id) => !to.has(id))).toEqual([])
    }
  })

  it('gives every work 100 percent of each right at first, where all shares are known', () => {
    const sums = new Map<string, number>()
    for (const { work_id, right, share } of deliveries[0]?.shares ?? []) {
      const key = `${work_id} ${right}`
      // In hundredths of a percent, whole numbers; not a number once one share is unknown.
      sums.set(
        key,
        (sums.get(key) ?? 0) + (share === null || share === undefined ? Number.NaN : Math.round(Number(share) * 100)),
      )
    }
    // 500 works with both rights each; 2 % of the share rows are unknown.
    expect(sums.size).toBe(1000)
    const known = [...sums.values()].filter((sum) => !Number.isNaN(sum))
    expect(known.length).toBeGreaterThan(800)
    expect(known.filter((sum) => sum !== 10_000)).toEqual([])
  })

  it('names recordings that can be looked up', () => {
    const stated = new Set((deliveries[0]?.recordings ?? []).map(({ isrc }) => isrc))
    expect(printed.isrcs).toHaveLength(7)
    expect(printed.isrcs.filter((isrc) => !stated.has(isrc))).toEqual([])
  })

  it('writes the same bytes again', async () => {
    const again = temporaryFolder()
    await runBench('generate.js', ['--rows', '5e3', '--out', again, '--samples', '7'])
    const digests = (root: string): string[] =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.csv'))
        .sort()
        .map(
          (name) =>
            `${name} ${createHash('sha256')
              .update(readFileSync(join(root, name)))
              .digest('hex')}`,
        )
    expect(digests(folder)).toHaveLength(14)
    expect(digests(again)).toEqual(digests(folder))
  })

  it('plans as many rows as asked for and changes one in a hundred', () => {
    const plan = Object.values(planOf(100_000))
    expect(plan.reduce((sum, { rows }) => sum + rows, 0)).toBe(100_000)
    expect(plan.reduce((sum, { created, updated, deleted }) => sum + created + updated + deleted, 0)).toBe(1000)
    // 50 % are shares; 7, 2 and 2 in a thousand of them are updated, created and deleted.
    expect(planOf(100_000).shares).toEqual({ rows: 50_000, created: 100, updated: 350, deleted: 100 })
    expect(() => planOf(1234)).toThrow('multiple of 1000')
  })
})
