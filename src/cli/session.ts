/** What a command gets to work with besides its own flags: the surroundings, already decided. */
import { resolve } from 'node:path'
import type { ChalkInstance } from 'chalk'
import { harmless } from '../model/text/harmless.js'
import { findWorkspace, type RunningProcess, workspaceAt } from '../store/workspace.js'
import { colorLevel, colorsOf } from './color.js'
import { parseMemory } from './flags.js'
import { widthOf } from './output.js'
import { Progress } from './progress.js'
import type { CleanUp, Interruption } from './signals.js'
import type { System } from './system.js'
import type { Terminal } from './terminal.js'

/** The values of the global flags, as the parser gives them. */
export interface GlobalValues {
  readonly workspace?: string | undefined
  readonly 'no-color'?: boolean
  readonly quiet?: boolean
  readonly memory?: string | undefined
  readonly threads?: number | undefined
  readonly width?: number | undefined
  readonly 'no-input'?: boolean
}

/** Most that a command may take of the machine; absent means its own default. */
export interface Limits {
  readonly memoryBytes?: number
  readonly threads?: number
}

export class Session {
  readonly #system: System
  readonly #interruption: Interruption
  readonly #given: GlobalValues
  readonly #colors: ChalkInstance
  readonly cwd: string
  readonly running: RunningProcess
  readonly limits: Limits
  readonly progress: Progress
  /** Aborted when the user asks to stop; pass it to whatever takes long. */
  readonly signal: AbortSignal
  /** Whether somebody is there to answer a question or look at a screen. */
  readonly interactive: boolean

  constructor(system: System, interruption: Interruption, given: GlobalValues, command: string, program: string) {
    const { stdout, stderr, env } = system
    this.#system = system
    this.#interruption = interruption
    this.#given = given
    this.#colors = colorsOf(colorLevel(stderr, env, given['no-color']))
    this.cwd = system.cwd()
    this.signal = interruption.signal
    this.interactive = stdout.isTTY === true && given['no-input'] !== true && system.stdin.isTTY === true
    this.limits = limitsOf(given)
    this.running = {
      pid: system.pid,
      startedAt: system.now().toISOString(),
      command,
      program,
      isAlive: (pid) => system.isAlive(pid),
    }
    this.progress = new Progress({
      stream: stderr,
      ticks: () => system.ticks(),
      live: stderr.isTTY === true && env.TERM !== 'dumb',
      width: widthOf(stderr, given.width),
      quiet: given.quiet === true,
    })
  }

  /** The time of day. */
  now(): Date {
    return this.#system.now()
  }

  /**
   * Absolute path of the `.recital` folder to use: of --workspace, else of the nearest workspace upward, else where one
   * would be made. It need not exist: opening it says so, creating makes it.
   */
  workspaceRoot(): string {
    const { workspace } = this.#given
    if (workspace !== undefined) return workspaceAt(resolve(this.cwd, workspace))
    return findWorkspace(this.cwd) ?? workspaceAt(this.cwd)
  }

  /** The terminal, for a screen; null where nobody sits at one that can show it. */
  async terminal(): Promise<Terminal | null> {
    const { canShowScreens, Terminal } = await import('./terminal.js')
    const { stdout, env } = this.#system
    if (!this.interactive || !canShowScreens(env)) return null
    const level = colorLevel(stdout, env, this.#given['no-color'])
    return new Terminal(this.#system, this.#interruption, colorsOf(level))
  }

  /** The command of the user's editor, as a shell understands it. */
  get editor(): string {
    const { VISUAL, EDITOR } = this.#system.env
    return VISUAL || EDITOR || 'vi'
  }

  /** Tells, on stderr, something that may be wrong. Not silenced by --quiet. */
  warn(message: string): void {
    this.progress.interject(`${this.#colors.yellow('warning:')} ${harmless(message)}`)
  }

  /** Tells, on stderr, something good to know, such as what to run next. Silenced by --quiet. */
  note(message: string): void {
    if (this.#given.quiet !== true) this.progress.interject(harmless(message))
  }

  /** Registers what to do when interrupted, returning a line on what was kept; see `Interruption`. */
  onInterrupt(cleanUp: CleanUp): () => void {
    return this.#interruption.onInterrupt(cleanUp)
  }
}

function limitsOf({ memory, threads }: GlobalValues): Limits {
  return {
    ...(memory === undefined ? {} : { memoryBytes: parseMemory(memory) }),
    ...(threads === undefined ? {} : { threads }),
  }
}
