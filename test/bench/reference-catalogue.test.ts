/** `run.js` on a catalogue of files: it loads only what it must, and answers as if it had loaded everything. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDeliveries } from '../licensing/deliveries.js'
import { makeBatch } from '../licensing/pictures.js'
import { cell, factsOf, hasTables } from '../licensing/reference.js'
import { type Ended, runBench } from './kit.js'

const percent = (millionths: number): string => String(millionths / 1_000_000)

/** Turns each CSV below a folder into Parquet, all columns text, empty cells null. */
async function toParquet(folders: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
      const path = join(folder, file)
      const target = join(folder, `${basename(file, extname(file))}.parquet`)
      await db.run(`COPY (FROM read_csv('${path}', header = true, all_varchar = true, delim = ',')) TO '${target}'`)
      rmSync(path)
    }
  }
  db.closeSync()
  instance.closeSync()
}

describe.skipIf(!hasTables)('run.js (needs the territory tables beside the repository)', () => {
  let dir: string
  let ended: Ended
  const expected: string[] = []

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'recital-test-'))
    const { deliveries, questions } = makeBatch({ seed: 5, worlds: 30, cells: 8, doubtful: true })
    const folders = writeDeliveries(join(dir, 'feeds'), deliveries)
    await toParquet(folders.slice(1))
    // Theories are not asked here; a few worlds, so that most rows of the catalogue do not matter.
    const asked = questions.filter(({ theories }) => theories === undefined).filter((_, place) => place % 7 === 0)
    const facts = factsOf(deliveries)
    mkdirSync(join(dir, 'truth'))
    const rows = asked.map(({ recording, territory, on, known = '', right }) => [
      recording,
      territory,
      on,
      known,
      right,
    ])
    for (const [place, question] of asked.entries()) {
      const { licensed, exempt, unlicensed, unknown, disputed, status, reason } = cell(facts, question)
      const buckets = [licensed, exempt, unlicensed, unknown, disputed].map(percent)
      expected.push([...(rows[place] ?? []), ...buckets, status, reason ?? ''].join(','))
    }
    writeFileSync(
      join(dir, 'cells.csv'),
      `${['isrc,territory,day,known,right', ...rows.map((row) => row.join())].join('\n')}\n`,
    )
    await toParquet([dir])
    writeFileSync(join(dir, 'truth', 'cells.parquet'), readFileSync(join(dir, 'cells.parquet')))
    ended = await runBench('reference/run.js', [dir])
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('answers each question as if all had been loaded', () => {
    expect(ended.code, ended.stderr).toBe(0)
    const lines = readFileSync(join(dir, 'truth', 'expected.csv'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines[0]).toBe('isrc,territory,day,known,right,licensed,exempt,unlicensed,unknown,disputed,status,reason')
    expect(lines.slice(1)).toEqual(expected)
    expect(expected.length).toBeGreaterThan(10)
  })

  it('says what is missing', async () => {
    expect(await runBench('reference/run.js', [])).toMatchObject({ code: 2, stderr: expect.stringContaining('usage') })
    const none = await runBench('reference/run.js', [join(dir, 'feeds')])
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('no questions') })
  })
})
