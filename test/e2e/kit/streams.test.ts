/** What goes to which stream: escape codes, progress, readers that leave, Ctrl-C. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram, type Program, plainEnvironment } from './program.js'

const ESCAPE = '\u001b'

let program: Program
beforeAll(() => {
  program = buildProgram()
})
afterAll(() => program?.remove())

describe('colour', () => {
  it('stays out of pipes', async () => {
    for (const args of [['hello', 'x'], ['hello', '--help'], ['--help'], ['fail', 'input'], ['feed', 'log']]) {
      const { stdout, stderr } = await program.run(args, { env: plainEnvironment({ TERM: 'xterm-256color' }) })
      expect(stdout + stderr).not.toContain(ESCAPE)
    }
  })

  it('goes into a pipe only when forced, and --no-color has the last word', async () => {
    const env = plainEnvironment({ FORCE_COLOR: '1' })
    expect((await program.run(['hello', 'x'], { env })).stdout).toContain(`${ESCAPE}[32mGreetings`)
    expect((await program.run(['fail', 'input'], { env })).stderr).toContain(`${ESCAPE}[31m`)
    const off = await program.run(['hello', 'x', '--no-color'], { env })
    expect(off.stdout + off.stderr).not.toContain(ESCAPE)
  })

  it('of a library is no part of what is told', async () => {
    const env = plainEnvironment({ FORCE_COLOR: '1' })
    const { code, stderr } = await program.run(['hello', 'x', '--fail', '--tone', 'warm', '--no-color'], { env })
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^error: The following error occurred: --tone=warm cannot also be provided when using --fail\n/,
    )
    expect(stderr).not.toMatch(/\\x1b|\u001b/)
  })

  it('never colours JSON, and writes control characters of data out', async () => {
    const env = plainEnvironment({ FORCE_COLOR: '3' })
    expect((await program.run(['hello', 'x', '--json'], { env })).stdout).not.toContain(ESCAPE)
    expect((await program.run(['hello', `a${ESCAPE}[2Jb`])).stdout).toContain('a\\x1b[2Jb')
    expect((await program.run(['fail', 'input'])).stderr).toContain('value: a\\x1b[2Jb')
  })
})

describe('stderr', () => {
  it('holds progress and hints, without carriage returns on a pipe', async () => {
    const { stdout, stderr } = await program.run(['feed', 'log'])
    expect(stdout).toBe(`${program.root}/.recital\n`)
    expect(stderr).not.toContain('\r')
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^Done: 4 rows, 1 rejected, [\d.]+ s, [\d,]+ rows\/s$/)
  })

  it('is empty with --quiet', async () => {
    expect((await program.run(['feed', 'log', '--quiet'])).stderr).toBe('')
    expect((await program.run(['hello', 'x', '-q'])).stderr).toBe('')
    expect((await program.run(['hello', 'x'])).stderr).toBe('greeting takes no time\n')
  })
})

describe('a reader that leaves', () => {
  it('ends the program quietly with 0', async () => {
    const { child, ended } = program.start(['flood'])
    child.stdout?.once('data', () => child.stdout?.destroy())
    const { code, signal, stderr } = await ended
    expect([code, signal, stderr]).toEqual([0, null, ''])
  })
})

describe('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'tidies up at %s, says what was kept and exits with 130',
    async (name) => {
      const running = program.start(['slow'])
      await running.said('started')
      running.child.kill(name)
      const { code, stdout, stderr } = await running.ended
      expect(code).toBe(130)
      expect(stdout).toBe('')
      expect(stderr).toBe('warning: started\nwarning: tidying up\nerror: Cancelled. The evidence is as it was.\n')
    },
  )

  it('is one document with --json', async () => {
    const running = program.start(['slow', '--json'])
    await running.said('started')
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'cancelled', exitCode: 130 })
  })

  it('ends at once the second time', async () => {
    const running = program.start(['slow', '--stubborn'])
    await running.said('started')
    running.child.kill('SIGINT')
    await running.said('tidying up')
    running.child.kill('SIGINT')
    const { code } = await running.ended
    expect(code).toBe(130)
  })
})
