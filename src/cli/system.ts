/** What the operating system gives a process. Everything else in `cli/` takes these as arguments, so that it can be tested. */
import type { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { isatty } from 'node:tty'

/** A stream that may be a terminal. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number }

export type Environment = Readonly<Record<string, string | undefined>>

/** Where signals and faults of the process are heard: `process` itself, or an emitter in tests. */
export type ProcessEvents = Pick<EventEmitter, 'on' | 'off'>

export interface System {
  /** Arguments without the interpreter and the script. */
  readonly argv: readonly string[]
  readonly env: Environment
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: TerminalStream
  readonly stderr: TerminalStream
  readonly events: ProcessEvents
  readonly pid: number
  cwd(): string
  /** The time of day; `SOURCE_DATE_EPOCH` (seconds since 1970) stands in for it, so that output can be repeated. */
  now(): Date
  /** Milliseconds of a clock that never jumps, for durations. */
  ticks(): number
  /** Whether a process with this id runs on this machine. */
  isAlive(pid: number): boolean
  exit(code: number): never
}

/** The running process. */
export function thisSystem(): System {
  const { env, stdin, stdout, stderr, pid } = process
  return {
    argv: process.argv.slice(2),
    env,
    stdin,
    stdout,
    stderr,
    events: process,
    pid,
    cwd: () => process.cwd(),
    now: () => timeOfDay(env.SOURCE_DATE_EPOCH),
    ticks: () => performance.now(),
    isAlive: processExists,
    exit: leave,
  }
}

/**
 * Ends the process. Node aborts with a core dump when it leaves after its terminal has gone, as it then cannot restore it;
 * in that case nobody is there for an exit code, and the process ends as the hang-up would have ended it.
 */
function leave(code: number): never {
  const isTerminalGone = [process.stdin, process.stdout, process.stderr].some(({ isTTY, fd }) => isTTY && !isatty(fd))
  if (isTerminalGone) {
    process.removeAllListeners('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  }
  process.exit(code)
}

function timeOfDay(sourceDateEpoch: string | undefined): Date {
  const given = sourceDateEpoch !== undefined && /^\d{1,11}$/.test(sourceDateEpoch)
  return given ? new Date(Number(sourceDateEpoch) * 1000) : new Date()
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It exists, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
