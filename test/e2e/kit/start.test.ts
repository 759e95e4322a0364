/** What help says, and how little is loaded to say it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** What a process loads, one entry for each file or native library. */
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

/** run.js, main.js and the chunks that main.js shares with commands; without bundling it would be hundreds. */
const MOST_FILES = 20
/** Most of it is oclif. A library that only some commands need would show here. */
const MOST_BYTES = 1_000_000

const bytesOf = (loaded: readonly string[]) =>
  loaded.filter((name) => name.startsWith('file:')).reduce((sum, name) => sum + statSync(fileURLToPath(name)).size, 0)

const programs = () => [join(program.root, 'run.js'), fileURLToPath(new URL('../../../bin/run.js', import.meta.url))]
const isBuilt = existsSync(fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url)))

describe.each([
  ['the test program', 0],
  ['the real program', 1],
] as const)('starting %s', (_name, which) => {
  it.skipIf(which === 1 && !isBuilt)(`loads at most ${MOST_FILES} files for --help and no database`, async () => {
    for (const args of [['--help'], ['--version'], []]) {
      const loaded = await loadedBy(programs()[which] ?? '', args)
      expect(loaded.length).toBeLessThanOrEqual(MOST_FILES)
      expect(bytesOf(loaded)).toBeLessThanOrEqual(MOST_BYTES)
      expect(loaded.filter((name) => /duckdb|sqlite|\.node$|\/commands\//.test(name))).toEqual([])
      expect(loaded.some((name) => name.endsWith('/cli/main.js'))).toBe(true)
    }
  })
})
