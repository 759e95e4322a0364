/** What the operating system gives a process. Everything else in `cli/` takes these as arguments, so that it can be tested. */
import type { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { isatty } from 'node:tty'

/** A stream that may be a terminal. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }

export type Environment = Readonly<Record<string, string | undefined>>

/** Where signals and faults of the process are heard: `process` itself, or an emitter in tests. */
export type ProcessEvents = Pick<EventEmitter, 'on' | 'off' | 'prependListener'>

export interface System {
  /** Arguments without the interpreter and the script. */
  readonly argv: readonly string[]
  readonly env: Environment
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown }
  readonly stdout: TerminalStream
  readonly stderr: TerminalStream
  readonly events: ProcessEvents
  readonly pid: number
  /** What it runs on: `linux-x64 node-v20.20.2`. */
  readonly platform: string
  cwd(): string
  /** The time of day; `SOURCE_DATE_EPOCH` (seconds since 1970) stands in for it, so that output can be repeated. */
  now(): Date
  /** Milliseconds of a clock that never jumps, for durations. */
  ticks(): number
  /** Whether a process with this id runs on this machine. */
  isAlive(pid: number): boolean
  /** Stops the process and its group, as the terminal does at Ctrl-Z, if nobody listens for SIGTSTP. */
  suspend(): void
  exit(code: number): never
}

/** The running process. Its stdin is not touched before somebody asks for it: making a stream of it takes time. */
export function thisSystem(): System {
  const { env, stdout, stderr, pid, platform, arch, version } = process
  const terminals = [0, 1, 2].filter((fd) => isatty(fd))
  return {
    argv: process.argv.slice(2),
    env,
    get stdin() {
      return process.stdin
    },
    stdout,
    stderr,
    events: process,
    pid,
    platform: `${platform}-${arch} node-${version}`,
    cwd: () => process.cwd(),
    now: () => timeOfDay(env.SOURCE_DATE_EPOCH),
    ticks: () => performance.now(),
    isAlive: processExists,
    suspend: stopGroup,
    exit: (code) => leave(code, terminals),
  }
}

/**
 * Ends the process. Node aborts with a core dump when it leaves after its terminal has gone, as it then cannot restore it;
 * in that case nobody is there for an exit code, and the process ends as the hang-up would have ended it.
 * @param terminals file descriptors that were terminals when it started
 */
function leave(code: number, terminals: readonly number[]): never {
  if (terminals.some((fd) => !isatty(fd))) {
    process.removeAllListeners('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  }
  process.exit(code)
}

function stopGroup(): void {
  try {
    process.kill(0, 'SIGTSTP')
  } catch {
    // A system without job control: there is nothing to go back to.
  }
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
