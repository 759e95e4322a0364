/** Runs every example of the documentation with the built program and compares what it prints with what is shown. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examplesOf, isLine, isShown, pages, project, type Step, wordsOf } from './pages.js'

const program = join(project, 'bin/run.js')
/** The width that docs/commands.md names. */
const WIDTH = '132'

describe('comparison with what is shown', () => {
  it('takes `…` for any text within a line, and for any lines alone', () => {
    expect(isLine('evidence …, casebook …', 'evidence 24.1 MB, casebook 8 kB')).toBe(true)
    expect(isLine('evidence …, casebook', 'evidence 24.1 MB, casebook 8 kB')).toBe(false)
    expect(isLine('1.0', '1x0')).toBe(false)
    expect(isShown(['a', '…', 'd'], ['a', 'b', 'c', 'd'])).toBe(true)
    expect(isShown(['a', '…', 'd'], ['a', 'd'])).toBe(true)
    expect(isShown(['a', '…'], ['a'])).toBe(true)
    expect(isShown(['a', '…', 'd'], ['a', 'd', 'e'])).toBe(false)
    expect(isShown(['a', 'd'], ['a', 'b', 'd'])).toBe(false)
    expect(isShown([], ['a'])).toBe(false)
  })

  it('cuts a command into words and refuses more than a plain command', () => {
    expect(wordsOf('recital diff --key "Listing ID" a.csv')).toEqual([
      'recital',
      'diff',
      '--key',
      'Listing ID',
      'a.csv',
    ])
    expect(() => wordsOf('recital status | head')).toThrow('plain command')
  })
})

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a reader sees: the answer (1 is one as well: something was found), or the complaint. */
const printed = ({ code, stdout, stderr }: Outcome): string[] =>
  (code === 0 || code === 1 ? stdout : stderr)
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())

const withoutEmptyEnd = (lines: readonly string[]): string[] => lines.join('\n').trimEnd().split('\n')

function run(command: string, folder: string): Outcome {
  const [name, ...args] = wordsOf(command)
  if (name !== 'recital') throw new Error(`an example must run recital: ${command}`)
  const { PATH = '', HOME = '' } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args, '--width', WIDTH], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, HOME },
  })
  return { code: status, stdout, stderr }
}

const ASKS_CODE = 'echo $?'

describe.each(pages().filter((page) => examplesOf(page).length > 0))('$path', (page) => {
  const steps = examplesOf(page)
  let folder: string
  const outcomes: Outcome[] = []

  // In order, in one folder: later examples ask about what earlier ones took in.
  beforeAll(() => {
    if (!existsSync(join(project, 'dist'))) throw new Error('recital is not built: npm run build')
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'recital-docs-')))
    for (const name of ['fixtures', 'rules']) cpSync(join(project, name), join(folder, name), { recursive: true })
    for (const { command } of steps) {
      const before = outcomes.at(-1)
      const asked = { code: 0, stdout: `${before?.code}\n`, stderr: '' }
      outcomes.push(command === ASKS_CODE ? asked : run(command, folder))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(steps.map((step, index): [string, Step, number] => [`line ${step.line}: ${step.command}`, step, index]))(
    '%s',
    (_, { shown }, index) => {
      const outcome = outcomes[index] ?? { code: null, stdout: '', stderr: 'not run' }
      if (steps[index + 1]?.command !== ASKS_CODE) expect(outcome.code, outcome.stderr).toBe(0)
      if (shown.length === 0) return
      const lines = printed(outcome)
      if (!isShown(withoutEmptyEnd(shown), lines)) expect(lines.join('\n')).toBe(withoutEmptyEnd(shown).join('\n'))
    },
  )
})
