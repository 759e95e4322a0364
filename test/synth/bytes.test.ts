/** The same parameters give the same bytes, whatever the threads. */
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEvidence } from '../../src/store/duckdb.js'
import { folderForSuite } from '../support/workspaces.js'
import { filesBelow, type Made, make } from './kit.js'

const parent = folderForSuite()
const SMALL = { tracks: 600, snapshots: 2, providers: 4 }

let made = 0
async function files(parameters: Made): Promise<Map<string, Buffer>> {
  made += 1
  const folder = path.join(parent, `catalogue-${made}`)
  await make(folder, parameters)
  return filesBelow(folder)
}

const differing = (a: Map<string, Buffer>, b: Map<string, Buffer>): string[] =>
  [...a].filter(([name, bytes]) => !b.get(name)?.equals(bytes)).map(([name]) => name)

describe('bytes', () => {
  let tables: Map<string, Buffer>
  let withoutTruth: Map<string, Buffer>
  beforeAll(async () => {
    tables = await files({ ...SMALL, providers: 6, threads: 1 })
    withoutTruth = await files({ ...SMALL, providers: 6, threads: 1, truth: false })
  })

  it('of tables are the same with one thread and with four', async () => {
    const four = await files({ ...SMALL, providers: 6, threads: 4 })
    expect([...tables.keys()]).toEqual([...four.keys()])
    expect(tables.size).toBeGreaterThan(40)
    expect(differing(tables, four)).toEqual([])
  })

  it('of BWARM are the same with one thread and with four', async () => {
    const one = await files({ ...SMALL, format: 'bwarm', threads: 1 })
    const four = await files({ ...SMALL, format: 'bwarm', threads: 4 })
    expect([...one.keys()]).toEqual([...four.keys()])
    expect(one.size).toBeGreaterThan(40)
    expect(differing(one, four)).toEqual([])
  })

  it('differ with another seed, in every relation that hangs on chance', async () => {
    const second = await files({ ...SMALL, providers: 6, seed: 2, threads: 1, truth: false })
    expect([...withoutTruth.keys()]).toEqual([...second.keys()])
    const same = [...withoutTruth.keys()].filter((name) => !differing(withoutTruth, second).includes(name))
    expect(same.filter((name) => /(works|shares|recordings|links|usage)\.parquet$/.test(name))).toEqual([])
  })

  it('of the deliveries do not hang on whether the truth is written', () => {
    expect(differing(withoutTruth, tables)).toEqual(['synth.yaml'])
  })

  it('rest on a mixing of integers that must not change with the database', async () => {
    const db = await openEvidence(':memory:', {
      mode: 'write',
      tempDirectory: path.join(parent, 'spill'),
      allowedDirectories: [],
    })
    // MurmurHash64 finaliser with the constant 0xd6e8feb86659fd93, twice, as DuckDB 1.5 has it.
    const mixed = (value: bigint): bigint => {
      const mask = (1n << 64n) - 1n
      let x = value
      for (let round = 0; round < 2; round += 1) x = ((x ^ (x >> 32n)) * 0xd6e8feb86659fd93n) & mask
      return x ^ (x >> 32n)
    }
    const [row] = await db.rows('SELECT hash(1::BIGINT)::VARCHAR AS one, hash(123456789012::BIGINT)::VARCHAR AS big')
    await db.close()
    expect(row).toEqual({ one: String(mixed(1n)), big: String(mixed(123456789012n)) })
  })
})
