/** What help says, and how little is loaded to say it. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram, type Program, plainEnvironment, startProcess } from './program.js'

let program: Program
let scratch: string
beforeAll(() => {
  program = buildProgram()
  scratch = mkdtempSync(join(tmpdir(), 'recital-start-'))
})
afterAll(() => {
  program?.remove()
  rmSync(scratch, { recursive: true, force: true })
})

describe('help', () => {
  it('starts with examples: of everything, and of one command', async () => {
    expect((await program.run([])).stdout).toMatch(/^EXAMPLES\n {2}\$ recital /)
    const { stdout } = await program.run(['hello', '--help'])
    const headings = stdout.match(/^[A-Z ]+$/gm)
    expect(headings).toEqual(['EXAMPLES', 'USAGE', 'ARGUMENTS', 'FLAGS', 'GLOBAL FLAGS', 'DESCRIPTION'])
    expect(stdout).toContain('  $ recital hello world --times 2\n')
    expect(stdout).toContain('  $ recital hello NAME [FLAGS]\n')
  })

  it('is the same by every name', async () => {
    const { stdout } = await program.run(['hello', '--help'])
    for (const args of [
      ['hello', '-h'],
      ['help', 'hello'],
      ['--help', 'hello'],
    ]) {
      expect(await program.run(args)).toMatchObject({ code: 0, stdout, stderr: '' })
    }
  })

  it('lists the commands of a topic', async () => {
    expect((await program.run(['feed'])).stdout).toContain('feed log  List the snapshots of a feed.')
  })

  it('tells the version', async () => {
    expect((await program.run(['--version'])).stdout).toMatch(/^recital\/9\.8\.7 \S+ node-v\d+\.\d+\.\d+\n$/)
  })
})

/** What a process loads, one entry for each file or native library; see log-loaded.mjs. */
async function loadedBy(script: string, args: readonly string[]): Promise<string[]> {
  const log = join(scratch, 'loaded')
  const preload = new URL('log-loaded.mjs', import.meta.url).href
  const env = plainEnvironment({ LOADED_LOG: log })
  const { code } = await startProcess(['--import', preload, script, ...args], { env }).ended
  expect(code).toBe(0)
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  rmSync(log)
  return lines
}

/** Files of dist/ that were loaded, with their sizes. */
const filesOf = (loaded: readonly string[]): { name: string; bytes: number }[] =>
  loaded
    .filter((line) => line.startsWith('file:') && line.includes('/dist/'))
    .map((line) => ({ name: fileURLToPath(line), bytes: statSync(fileURLToPath(line)).size }))

const sum = (files: readonly { bytes: number }[]): number => files.reduce((total, { bytes }) => total + bytes, 0)

const programs = () => [join(program.root, 'run.js'), fileURLToPath(new URL('../../../bin/run.js', import.meta.url))]
const isBuilt = existsSync(fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url)))

describe.each([
  ['the test program', 0],
  ['the real program', 1],
] as const)('starting %s', (_name, which) => {
  it.skipIf(which === 1 && !isBuilt)(
    'loads little for help and version: no parser, no command, no database',
    async () => {
      for (const args of [['--help'], ['--version'], []]) {
        const loaded = await loadedBy(programs()[which] ?? '', args)
        const files = filesOf(loaded)
        expect(files.map(({ name }) => basename(name))).toContain('main.js')
        expect(files.length).toBeLessThanOrEqual(12)
        expect(sum(files)).toBeLessThanOrEqual(100_000)
        expect(loaded.filter((name) => /duckdb|sqlite|\.node$|\/commands\/|base-command|oclif/.test(name))).toEqual([])
      }
    },
  )
})

describe('starting a command', () => {
  it('loads the parser and the command, but no database and nothing of the other commands', async () => {
    const loaded = await loadedBy(programs()[0] ?? '', ['hello', 'x'])
    const files = filesOf(loaded)
    expect(files.filter(({ name }) => name.includes('/commands/')).map(({ name }) => basename(name))).toEqual([
      'hello.js',
    ])
    expect(files.length).toBeLessThanOrEqual(10)
    // Half of it is what is left of oclif; its main entry alone would be three times as much.
    expect(sum(files)).toBeLessThanOrEqual(300_000)
    expect(loaded.filter((name) => /duckdb|sqlite|\.node$/.test(name))).toEqual([])
  })

  it('compiles nothing: what V8 made of the files at build time is accepted', async () => {
    const loaded = await loadedBy(programs()[0] ?? '', ['hello', 'x'])
    expect(loaded.filter((line) => line.startsWith('compiled:'))).toEqual([])
  })
})

describe('a build by another V8', () => {
  it('starts all the same', async () => {
    const other = join(scratch, 'other')
    cpSync(program.root, other, { recursive: true })
    const [compiled = ''] = readdirSync(join(other, 'dist')).filter((name) => name.startsWith('v8-'))
    renameSync(join(other, 'dist', compiled), join(other, 'dist/v8-0.0.0-none'))
    // Libraries that stay outside the bundle are found from the program's folder; this command needs none.
    const { code, stdout } = await startProcess([join(other, 'run.js'), 'hello', 'x', '--json'], {
      env: plainEnvironment(),
    }).ended
    expect([code, JSON.parse(stdout).names]).toEqual([0, ['x']])
  })

  it('falls back when what was compiled is refused', async () => {
    const { code, stdout } = await startProcess(['--no-lazy', join(program.root, 'run.js'), 'hello', 'x', '--json'], {
      env: plainEnvironment(),
    }).ended
    expect([code, JSON.parse(stdout).names]).toEqual([0, ['x']])
  })
})
