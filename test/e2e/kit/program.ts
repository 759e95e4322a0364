/** The fixture commands, built by the real build script into a folder of their own and run as a real process. */
import { execFileSync, type SpawnOptionsWithoutStdio, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../..', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

interface Running {
  readonly child: ReturnType<typeof spawn>
  /** Resolves when stderr holds the text. */
  said(text: string): Promise<void>
  readonly ended: Promise<Ended>
}

export interface Program {
  readonly root: string
  start(args: readonly string[], options?: SpawnOptionsWithoutStdio): Running
  run(args: readonly string[], options?: SpawnOptionsWithoutStdio): Promise<Ended>
  remove(): void
}

/** An environment that says nothing about colours, terminals or workspaces. */
export function plainEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, ...extra }
}

export function buildProgram(): Program {
  // Below the project, so that libraries that stay outside the bundle are found.
  const cache = join(project, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const root = realpathSync(mkdtempSync(join(cache, 'recital-kit-')))
  const oclif = { bin: 'recital', dirname: 'recital', commands: './dist/commands', topicSeparator: ' ' }
  const description = 'A program for tests'
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'recital', version: '9.8.7', description, oclif }))
  writeFileSync(
    join(root, 'run.js'),
    `const { loaderOf } = require(${JSON.stringify(join(project, 'bin/load.js'))})
const load = loaderOf(__dirname + '/dist')
load(__dirname + '/dist/cli/main.js').main({ root: __dirname, load })
`,
  )
  const commands = fileURLToPath(new URL('fixture/commands', import.meta.url))
  execFileSync(process.execPath, [join(project, 'scripts/build.js'), '--root', root, '--commands', commands])
  const start = (args: readonly string[], options: SpawnOptionsWithoutStdio = {}) =>
    startProcess([join(root, 'run.js'), ...args], { cwd: root, env: plainEnvironment(), ...options })
  return {
    root,
    start,
    run: (args, options) => start(args, options).ended,
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Starts Node with those arguments and listens to both of its streams. */
export function startProcess(args: readonly string[], options: SpawnOptionsWithoutStdio): Running {
  const child = spawn(process.execPath, args, options)
  const heard = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...heard }))
  })
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (heard.stderr.includes(text)) resolve()
      }
      child.stderr.on('data', look)
      child.on('close', () => reject(new Error(`ended without saying ${text}: ${heard.stderr}`)))
      look()
    })
  return { child, said, ended }
}
