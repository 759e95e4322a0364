/** Each class of failure through a real process: the same exit code with and without --json, and nothing but the contract. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram, type Program, plainEnvironment } from './program.js'

let program: Program
beforeAll(() => {
  program = buildProgram()
})
afterAll(() => program?.remove())

const CLASSES = [
  ['usage', 2],
  ['input', 3],
  ['not-found', 4],
  ['store', 5],
  ['cancelled', 130],
  ['internal', 70],
] as const

describe.each(CLASSES)('an error of class %s', (how, exitCode) => {
  it(`exits with ${exitCode} and tells people on stderr, without a stack`, async () => {
    const { code, stdout, stderr } = await program.run(['fail', how])
    expect(code).toBe(exitCode)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: /)
    expect(stderr).toContain('  next: do this\n  next: then that\n')
    expect(stderr).not.toMatch(/\n\s+at .*\.js/)
  })

  it(`exits with ${exitCode} and prints one document on stdout with --json`, async () => {
    const { code, stdout, stderr } = await program.run(['fail', how, '--json'])
    expect(code).toBe(exitCode)
    expect(stderr).toBe('')
    const { error } = JSON.parse(stdout)
    expect(error).toMatchObject({ code: 'planted', exitCode, suggestions: ['do this', 'then that'] })
  })
})

describe('failures nobody foresaw', () => {
  it('are faults of ours, in one line, with the stack only for --debug', async () => {
    const plain = await program.run(['fail', 'unknown'])
    expect(plain.code).toBe(70)
    expect(plain.stderr.split('\n')[0]).toBe('error: Unexpected failure: x is not a function')
    expect(plain.stderr).not.toContain('fail.js')
    const debug = await program.run(['fail', 'unknown', '--debug', '--json'])
    expect(debug.code).toBe(70)
    expect(debug.stderr).toContain('caused by: TypeError: x is not a function')
    expect(JSON.parse(debug.stdout).error.code).toBe('internal')
  })

  it('are told even when nothing awaited them', async () => {
    const { code, stdout } = await program.run(['fail', 'unawaited', '--json'])
    expect(code).toBe(70)
    expect(JSON.parse(stdout).error.message).toBe('Unexpected failure: nobody awaits this')
  })

  it('are bad input when a file is missing', async () => {
    const { code, stderr } = await program.run(['fail', 'no-file'])
    expect([code, stderr]).toEqual([3, 'error: no/such/file.csv does not exist.\n  next: Check the path\n'])
  })
})

describe('wrong command lines', () => {
  const LINES: readonly (readonly [args: readonly string[], code: string, next: string])[] = [
    [['helo', 'x'], 'unknown-command', 'Did you mean `recital hello`?'],
    [['feed', 'lgo'], 'unknown-command', 'Did you mean `recital feed log`?'],
    [['hello', 'x', '--tims', '2'], 'unknown-flag', 'Did you mean --times?'],
    [['--jsn', 'hello'], 'unknown-flag', 'Did you mean --json?'],
    [['hello'], 'missing-argument', 'See `recital hello --help`'],
    [['hello', 'x', 'y'], 'unexpected-argument', 'See `recital hello --help`'],
    [['hello', 'x', '--times', 'often'], 'bad-flag', 'See `recital hello --help`'],
    [['hello', 'x', '--tone', 'loud'], 'bad-flag', 'See `recital hello --help`'],
  ]

  it.each(LINES)('%j exit with 2 and say what was meant', async (args, errorCode, next) => {
    const plain = await program.run(args)
    expect(plain.code).toBe(2)
    expect(plain.stdout).toBe('')
    expect(plain.stderr).toContain(`next: ${next}\n`)
    const json = await program.run([...args, '--json'])
    expect(json.code).toBe(2)
    const { error } = JSON.parse(json.stdout)
    expect(error).toMatchObject({ code: errorCode, exitCode: 2 })
    expect(Object.keys(error)).toEqual(['code', 'message', 'suggestions', 'exitCode'])
    expect(error.suggestions).toContain(next)
    // Neither the configuration nor a path of this machine belongs there.
    expect(json.stdout).not.toContain(program.root)
  })

  it('ask for a command when only --json is given', async () => {
    const { code, stdout } = await program.run(['--json'])
    expect([code, JSON.parse(stdout).error.code]).toEqual([2, 'no-command'])
  })
})

describe('success', () => {
  it('exits with 0, or with 1 when it found what it looked for, the same with --json', async () => {
    for (const json of [[], ['--json']]) {
      expect((await program.run(['hello', 'x', ...json])).code).toBe(0)
      expect((await program.run(['hello', 'x', '--fail', ...json])).code).toBe(1)
    }
  })

  it('prints exactly the document with --json, large counts exact', async () => {
    const { stdout } = await program.run(['--json', 'hello', 'x'])
    expect(JSON.parse(stdout)).toEqual({
      kind: 'recital.hello',
      version: 1,
      names: ['x'],
      count: 1,
      beyond: '9007199254740993',
    })
  })

  it('takes the workspace from the flag before the environment before the folder', async () => {
    const env = plainEnvironment({ RECITAL_WORKSPACE: '/from/env' })
    const root = async (args: readonly string[], environment?: Record<string, string>) => {
      const options = environment === undefined ? {} : { env: environment }
      return JSON.parse((await program.run(['feed', 'log', '--json', '-q', ...args], options)).stdout).workspace
    }
    expect(await root(['-w', '/from/flag'], env)).toBe('/from/flag/.recital')
    expect(await root([], env)).toBe('/from/env/.recital')
    expect(await root([])).toBe(`${program.root}/.recital`)
  })
})
