import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/workspaces.js'
import { project, runBench } from './kit.js'

interface Row {
  readonly id: string
  readonly values?: Readonly<Record<string, number | null>>
  readonly value?: number
}

interface Results {
  readonly kind: string
  readonly machine: { readonly cores: number }
  readonly table: { readonly bySize: readonly Row[]; readonly start: readonly Row[] }
}

const SECONDS = ['ctas-seconds', 'ingest-seconds', 'reingest-seconds', 'bounded-seconds']
const RATIOS = ['ingest-ratio', 'reingest-ratio', 'bounded-ratio', 'ingest-rate']
const GROWTH = ['ctas-growth', 'ingest-growth', 'reingest-growth']
const PEAKS = ['ctas-peak', 'ingest-peak', 'reingest-peak', 'bounded-peak']
const DISK = ['csv-bytes', 'ctas-disk', 'ingest-disk', 'reingest-disk']
const LOOKUP = ['lookup-node', 'lookup-median', 'lookup-p95', 'lookup-ratio', 'lookup-slowdown']
const START = ['start-node', 'help-seconds', 'help-ratio', 'version-seconds', 'version-ratio']

const sorted = (names: readonly string[]): string[] => [...names].sort()
const resultsIn = (folder: string): Results => JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))

/** Every row of the table is there, with a figure above 0 for each size; how large it is nobody judges. */
function expectEveryRow({ table }: Results, sizes: readonly string[]): void {
  const expected = [...SECONDS, ...RATIOS, ...GROWTH, ...PEAKS, ...DISK, ...LOOKUP]
  expect(sorted(table.bySize.map(({ id }) => id))).toEqual(sorted(expected))
  const missing = table.bySize.flatMap(({ id, values = {} }) => {
    const measured = GROWTH.includes(id) ? sizes.slice(1) : sizes
    const readable = PEAKS.includes(id) && process.platform !== 'linux' ? [] : measured
    return readable.filter((size) => typeof values[size] !== 'number').map((size) => `${id} at ${size}`)
  })
  expect(missing).toEqual([])
  for (const { id, values = {} } of table.bySize.filter(({ id }) => !GROWTH.includes(id)))
    for (const size of sizes) expect(values[size] ?? 1, id).toBeGreaterThan(0)
  expect(sorted(table.start.map(({ id }) => id))).toEqual(sorted(START))
  for (const { id, value } of table.start) expect(value, id).toBeGreaterThan(0)
}

describe('the benchmark on a stand-in program', () => {
  const standIn = fileURLToPath(new URL('stand-in.js', import.meta.url))

  it('measures every row at two sizes and leaves nothing but its results', async () => {
    const [temp, out] = [temporaryFolder(), temporaryFolder()]
    const options = ['--program', standIn, '--samples', '2', '--repeats', '1', '--temp', temp, '--out', out]
    const ended = await runBench('run.js', ['--rows', '2000,1e3', ...options])
    expect(ended.stderr).not.toContain('error')
    expect(ended.code).toBe(0)
    const results = resultsIn(out)
    expect(results.kind).toBe('recital.bench')
    expect(results.machine.cores).toBeGreaterThan(0)
    expectEveryRow(results, ['1000', '2000'])
    const labels = results.table.bySize.length + results.table.start.length
    // A title, a blank line, the two heads with a blank line between, and a line per row.
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(labels + 5)
    expect(sorted(readdirSync(out))).toEqual(['growth.svg', 'results.json'])
    expect(readFileSync(join(out, 'growth.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<polyline [\s\S]*<\/svg>\n$/)
    expect(readdirSync(temp)).toEqual([])
  })

  it('measures only what it is told to', async () => {
    const out = temporaryFolder()
    const ended = await runBench('run.js', ['--only', 'start', '--program', standIn, '--samples', '1', '--out', out])
    expect(ended.code).toBe(0)
    expect(resultsIn(out).table.bySize).toEqual([])
    expect(resultsIn(out).table.start.map(({ id }) => id)).toEqual(START)
    expect(readdirSync(out)).toEqual(['results.json'])
  })

  it('fails, with what the program said, when the program does', async () => {
    const temp = temporaryFolder()
    const ended = await runBench('run.js', [
      '--rows',
      '1e3',
      '--only',
      'lookup',
      '--program',
      'nothing',
      '--temp',
      temp,
    ])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('Cannot find module')
    expect(readdirSync(temp)).toEqual([])
  })

  it.each([
    [['--rows', '1500'], 'multiple of 1000'],
    [['--rows', 'many'], '--rows must be a number'],
    [['--only', 'diff'], '--only knows ingest, lookup, start'],
    [['--sample', '3'], "Unknown option '--sample'"],
  ])('refuses %j', async (args, message) => {
    const ended = await runBench('run.js', args)
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(message)
  })
})

describe.skipIf(!existsSync(join(project, 'dist/cli/main.js')))('the benchmark on the built program', () => {
  it('completes: every ingest reports the planned rows and every look-up finds', { timeout: 180_000 }, async () => {
    const out = temporaryFolder()
    const ended = await runBench('run.js', ['--rows', '1e3,2e3', '--samples', '1', '--repeats', '1', '--out', out])
    expect(ended.stderr).not.toContain('error')
    expect(ended.code).toBe(0)
    expectEveryRow(resultsIn(out), ['1000', '2000'])
  })
})
