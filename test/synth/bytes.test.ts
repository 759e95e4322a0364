/** The same parameters give the same bytes, whatever the threads. */
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEvidence } from '../../src/store/duckdb.js'
import { filesBelow, folderForSuite, type Made, make } from './kit.js'

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
  it.each(['tables', 'bwarm'] as const)('are the same with one thread and with four, as %s', async (format) => {
    const providers = format === 'tables' ? 6 : 4
    const one = await files({ ...SMALL, providers, format, threads: 1 })
    const four = await files({ ...SMALL, providers, format, threads: 4 })
    expect([...one.keys()]).toEqual([...four.keys()])
    expect(one.size).toBeGreaterThan(40)
    expect(differing(one, four)).toEqual([])
  })

  it('differ with another seed, in every relation that hangs on chance', async () => {
    const first = await files({ ...SMALL, seed: 1, truth: false })
    const second = await files({ ...SMALL, seed: 2, truth: false })
    expect([...first.keys()]).toEqual([...second.keys()])
    const same = [...first.keys()].filter((name) => !differing(first, second).includes(name))
    expect(same.filter((name) => /(works|shares|recordings|links|usage)\.parquet$/.test(name))).toEqual([])
  })

  it('of the deliveries do not hang on whether the truth is written', async () => {
    const withTruth = await files({ ...SMALL, truth: true })
    const without = await files({ ...SMALL, truth: false })
    expect(differing(without, withTruth)).toEqual(['synth.yaml'])
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
