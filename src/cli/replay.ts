/** Running the commands of a session again, one after the other, each as a process of its own. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CancelledError, InputError, UsageError } from '../errors.js'
import type { Session } from './session.js'
import { commandWords } from './views/command-words.js'

/** Commands that only ask. Nothing that a file says may write, ingest or start a screen. */
const ASKING = ['search', 'lookup', 'licensed', 'timeline', 'conflicts', 'streams', 'status', 'rejects', 'notes list']
/** Flags of them that write files, or lead to another workspace. */
const REFUSED = /^(?:--(?:html|svg|csv|out|overwrite|workspace|file|debug)(?:=|$)|-w)/

export interface ReplayStep {
  readonly line: number
  /** Words after `recital`. */
  readonly words: readonly string[]
}

export interface Replayed extends ReplayStep {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * The commands of a file; blank lines and those that begin with # are left out. All are looked at before the first is run.
 * Throws InputError `unreadable`, UsageError `replay-line`, `replay-command` for what only a person should do.
 */
export function readSession(session: Session, file: string): ReplayStep[] {
  let text: string
  try {
    text = readFileSync(resolve(session.cwd, file), 'utf8')
  } catch (error) {
    throw new InputError(`${file} cannot be read.`, {
      code: 'unreadable',
      file,
      cause: error,
      suggestions: ['Name a file of commands, as `recital explore` writes it'],
    })
  }
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((content, index): ReplayStep[] => {
      if (content.trim() === '' || content.trimStart().startsWith('#')) return []
      const [program, ...words] = commandWords(content, `${file}, line ${index + 1},`)
      return [checked({ line: index + 1, words }, program ?? '', file, content)]
    })
}

function checked(step: ReplayStep, program: string, file: string, content: string): ReplayStep {
  const { line, words } = step
  const isAsking = ASKING.some((name) => name === words.slice(0, name.split(' ').length).join(' '))
  const flag = words.find((word) => REFUSED.test(word))
  if (program === 'recital' && isAsking && flag === undefined) return step
  throw new UsageError(
    flag === undefined
      ? `${file}, line ${line}: only commands that ask are replayed.`
      : `${file}, line ${line}: ${flag} is not replayed; it writes, or leads elsewhere.`,
    { code: 'replay-command', excerpt: content, suggestions: [`Leave only ${ASKING.join(', ')} in the file`] },
  )
}

export interface ReplayOptions {
  readonly isJson: boolean
  readonly width: number
}

/** Runs the steps in order; `onStep` is told of each when it has ended. Throws CancelledError. */
export async function replay(
  session: Session,
  steps: readonly ReplayStep[],
  { isJson, width }: ReplayOptions,
): Promise<Replayed[]> {
  // The script that this process was started with: the same program, whatever its name.
  const program = process.argv[1] ?? ''
  const done: Replayed[] = []
  for (const step of steps) {
    if (session.signal.aborted) throw new CancelledError('The replay was stopped.', { code: 'cancelled' })
    const more = [
      '--workspace',
      session.workspaceRoot(),
      '--no-input',
      ...(isJson ? ['--json'] : ['--width', String(width)]),
    ]
    done.push({ ...step, ...(await run(session, [program, ...step.words, ...more])) })
  }
  return done
}

function run(session: Session, args: readonly string[]): Promise<Pick<Replayed, 'exitCode' | 'stdout' | 'stderr'>> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [...args], { cwd: session.cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const heard = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      heard.stderr += text
    })
    const stop = () => child.kill('SIGINT')
    session.signal.addEventListener('abort', stop, { once: true })
    child.on('error', reject)
    child.on('close', (code) => {
      session.signal.removeEventListener('abort', stop)
      settle({ exitCode: code ?? 70, ...heard })
    })
  })
}
