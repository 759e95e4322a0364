/** The benchmark from its command line: what it refuses, and one run on the built program. No time is judged. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/workspaces.js'
import { benchModule, project, runBench } from './kit.js'

interface Row {
  readonly id: string
  readonly measure: string
  readonly values: Readonly<Record<string, number | null>>
}

interface Results {
  readonly kind: string
  readonly version: number
  readonly machine: { readonly cores: number }
  readonly table: readonly Row[]
  readonly notes: readonly string[]
}

const { MEASURES } = await benchModule<{
  MEASURES: readonly { readonly name: string; readonly command?: string; readonly rows: readonly { id: string }[] }[]
}>('measures.js')

const TERRITORIES = join(project, '../shared/data/tis.csv')

describe('the command line', () => {
  it.each([
    [['--tracks', '999'], '--tracks must be a whole number from 1000 to 200000000: 999'],
    [['--tracks', 'many'], '--tracks must be a whole number'],
    [['--tracks', '1e4,'], '--tracks must be a whole number'],
    [['--snapshots', '1'], '--snapshots must be a whole number from 2'],
    [['--only', 'weather'], '--only knows start, generate, ingest'],
    [['--sample', '3'], "Unknown option '--sample'"],
  ])('refuses %j', async (args, message) => {
    const ended = await runBench('run.js', args)
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(message)
    expect(ended.stdout).toBe('')
  })
})

describe('what is measured', () => {
  it('has a file of its own, and rows that no other has', () => {
    const files = readdirSync(join(project, 'bench/measure')).map((name) => name.replace(/\.js$/, ''))
    expect(MEASURES.map(({ name }) => name).sort()).toEqual(files.sort())
    const ids = MEASURES.flatMap(({ rows }) => rows.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is described, row by row', () => {
    const readme = readFileSync(join(project, 'bench/README.md'), 'utf8')
    for (const { name } of MEASURES) expect(readme, name).toContain(`\`${name}\``)
  })
})

/** Element names of an XML text; throws where it is not well formed. */
function elementsOf(xml: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => names.push(name))
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return names
}

describe.skipIf(!existsSync(join(project, 'dist/cli/main.js')))('a run at five thousand tracks', () => {
  it('measures every row on work that was really done; asked again, a size that was kept is not made again', {
    timeout: 1_200_000,
  }, async () => {
    const [keep, out] = [temporaryFolder(), temporaryFolder()]
    // The counts of what was generated, ingested, diffed and derived, and the degrees, are compared with the truth of the
    // catalogue by the benchmark itself: it fails where one differs.
    const options = ['--tracks', '5e3', '--providers', '4', '--samples', '1', '--keep', keep]
    const ended = await runBench('run.js', [...options, '--out', out])
    expect(ended.stderr).not.toContain('error')
    expect(ended.code).toBe(0)
    expect(readdirSync(out).sort()).toEqual(['growth.svg', 'results.json'])

    const results: Results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))
    expect(results).toMatchObject({ kind: 'recital.bench', version: 2 })
    expect(results.machine.cores).toBeGreaterThan(0)
    const manifest = JSON.parse(readFileSync(join(project, 'oclif.manifest.json'), 'utf8'))
    const there = MEASURES.filter(({ command }) => command === undefined || command in manifest.commands)
    const wanted = there.flatMap(({ rows }) => rows.map(({ id }) => id))
    const figures = results.table.filter(({ id }) => !id.endsWith('-growth'))
    expect(figures.map(({ id }) => id)).toEqual(wanted)
    const isElsewhere = (id: string): boolean => process.platform !== 'linux' && /-(peak|cpu)$/.test(id)
    for (const { id, values } of figures.filter(({ id }) => !isElsewhere(id)))
      expect(values[5_000], id).toBeGreaterThanOrEqual(id === 'licensed-checked' && !existsSync(TERRITORIES) ? 0 : 1e-6)
    for (const { id, values } of results.table.filter(({ id }) => id.endsWith('-growth')))
      expect(values[5_000], id).toBeNull()
    const absent = MEASURES.filter((one) => !there.includes(one)).map(({ name }) => `${name}: not in this version`)
    expect(results.notes).toEqual(absent)

    const drawn = elementsOf(readFileSync(join(out, 'growth.svg'), 'utf8'))
    expect(drawn[0]).toBe('svg')
    expect(drawn.filter((name) => name === 'polyline').length).toBeGreaterThan(5)
    for (const { id } of figures) expect(ended.stdout).toContain(labelOf(id))

    const done = (stderr: string) => [...stderr.matchAll(/ tracks: (\w+)/g)].map(([, name]) => name)
    expect(done(ended.stderr)).toEqual(expect.arrayContaining(['generate', 'ingest', 'next', 'lookup']))
    expect(done((await runBench('run.js', [...options, '--only', 'lookup'])).stderr)).toEqual(['lookup'])
    expect(readdirSync(join(keep, '5000')).sort()).toEqual(['catalogue', 'kept.json', 'workspace'])
  })

  it('does what a measure needs before it, and leaves nothing of what it made to measure', {
    timeout: 600_000,
  }, async () => {
    const temp = temporaryFolder()
    const options = ['--tracks', '1e3', '--providers', '4', '--samples', '1', '--temp', temp]
    const ended = await runBench('run.js', [...options, '--only', 'again'])
    expect([...ended.stderr.matchAll(/1e3 tracks: (\w+)/g)].map(([, name]) => name)).toEqual([
      'generate',
      'ingest',
      'again',
    ])
    expect(readdirSync(temp)).toEqual([])
  })
})

function labelOf(id: string): string {
  const rows = MEASURES.flatMap((one) => one.rows as readonly { id: string; label?: string }[])
  return rows.find((row) => row.id === id)?.label ?? 'no such row'
}
