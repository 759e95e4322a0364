/** The terminal as a screen: taken over whole, and given back as it was found, however the program ends. */
import type { ChalkInstance } from 'chalk'
import type { Interruption } from './signals.js'
import type { Environment, System } from './system.js'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A terminal that does not know its own size. */
const USUAL: Size = { columns: 80, rows: 24 }

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[2J\u001b[H'
const LEAVE = '\u001b[0m\u001b[2J\u001b[?25h\u001b[?1049l'

/** How long to wait for the stop after asking for it. Where no shell could wake the program again, none comes. */
const STOP_WITHIN_MS = 300

/**
 * Whether a terminal can show a screen to somebody who looks at it. A build machine may pretend to be a terminal, and to
 * those who have a screen read out the print says more.
 */
export const canShowScreens = ({ TERM, CI, INK_SCREEN_READER }: Environment): boolean =>
  TERM !== 'dumb' && (CI === undefined || CI === '' || CI === '0' || CI === 'false') && INK_SCREEN_READER !== 'true'

/** Whether the terminal reads UTF-8, by the locale in force. */
const readsUtf8 = ({ LC_ALL, LC_CTYPE, LANG }: Environment): boolean => /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')

export class Terminal {
  readonly #system: System
  readonly #interruption: Interruption
  readonly #listeners = new Set<() => void>()
  #withdraw: (() => void) | null = null
  #isSuspended = false
  readonly #onStop = () => void this.suspend()
  readonly unicode: boolean

  constructor(
    system: System,
    interruption: Interruption,
    readonly colors: ChalkInstance,
  ) {
    this.#system = system
    this.#interruption = interruption
    this.unicode = readsUtf8(system.env)
  }

  get stdin(): System['stdin'] {
    return this.#system.stdin
  }

  /** Aborted when the user asks to stop by a signal. */
  get signal(): AbortSignal {
    return this.#interruption.signal
  }

  get size(): Size {
    const { columns, rows } = this.#system.stdout
    return columns === undefined || rows === undefined || columns < 1 || rows < 1 ? USUAL : { columns, rows }
  }

  write(text: string): void {
    this.#system.stdout.write(text)
  }

  /** Calls back when the size has changed, or the screen must be painted anew for another reason. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes the screen. From here on every way out gives it back: `close`, signals, faults, the end of the process. */
  open(): void {
    if (this.#withdraw !== null) return
    const { events, stdout } = this.#system
    const close = () => this.close()
    const changed = () => this.#changed()
    const woken = () => this.#woken()
    const withdrawCleanUp = this.#interruption.onInterrupt(() => {
      close()
      return undefined
    })
    // Before whoever tells of the fault: what is written to the other screen is gone with it.
    for (const name of FAULTS) events.prependListener(name, close)
    events.on('exit', close)
    events.on('SIGTSTP', this.#onStop)
    events.on('SIGCONT', woken)
    stdout.on('resize', changed)
    this.#withdraw = () => {
      withdrawCleanUp()
      for (const name of FAULTS) events.off(name, close)
      events.off('exit', close)
      events.off('SIGTSTP', this.#onStop)
      events.off('SIGCONT', woken)
      stdout.off('resize', changed)
    }
    // From now on keys are kept for whoever will hear them, and not shown.
    this.#raw(true)
    this.write(ENTER)
  }

  /** Gives the screen back; the second call does nothing. */
  close(): void {
    if (this.#withdraw === null) return
    this.#withdraw()
    this.#withdraw = null
    if (!this.#isSuspended) this.#giveBack()
  }

  /** Stops the program, as Ctrl-Z does elsewhere, and takes the screen again when it is woken. */
  async suspend(): Promise<void> {
    if (this.#withdraw === null || this.#isSuspended) return
    this.#isSuspended = true
    this.#giveBack()
    await this.#stopped()
    this.#isSuspended = false
    if (this.#withdraw === null) return
    this.#system.events.on('SIGTSTP', this.#onStop)
    this.#takeAgain()
  }

  /** Resolves when the process runs again. */
  #stopped(): Promise<void> {
    const { events } = this.#system
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        events.off('SIGCONT', done)
        resolve()
      }
      const timer = setTimeout(done, STOP_WITHIN_MS)
      events.on('SIGCONT', done)
      // While somebody listens for it, the signal stops nothing.
      events.off('SIGTSTP', this.#onStop)
      this.#system.suspend()
    })
  }

  /** Somebody stopped the program by force, and it was woken: the shell has used the screen meanwhile. */
  #woken(): void {
    if (!this.#isSuspended) this.#takeAgain()
  }

  #giveBack(): void {
    this.#raw(false)
    this.write(LEAVE)
  }

  #takeAgain(): void {
    // Off first: the driver takes no notice of a mode that it believes to be in force.
    this.#raw(false)
    this.#raw(true)
    this.write(ENTER)
    this.#changed()
  }

  #raw(isRaw: boolean): void {
    try {
      this.#system.stdin.setRawMode?.(isRaw)
    } catch {
      // The terminal has gone; nobody is left to see in what state.
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

const FAULTS = ['uncaughtException', 'unhandledRejection'] as const
