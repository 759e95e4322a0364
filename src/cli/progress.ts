/** How far a long work has come, on stderr: a line that is redrawn on a terminal, a few plain lines elsewhere. */
import type { Writable } from 'node:stream'
import { finalLine, liveLine, logLine, type PhaseView } from './progress-format.js'

export interface ProgressOptions {
  readonly stream: Writable
  /** Milliseconds of a clock that never jumps. */
  readonly ticks: () => number
  /** Whether the line can be redrawn: the stream is a terminal that understands escape codes. */
  readonly live: boolean
  /** Terminal columns. */
  readonly width: number
  /** Say nothing at all. */
  readonly quiet: boolean
}

export interface PhaseOptions {
  /** Which phase this is, from 1, of how many. */
  readonly step?: number
  readonly of?: number
  /** How much there is to do, in the unit of `done`; absent when unknown. */
  readonly total?: number | undefined
}

/** What was done since the last call. `done` is in the unit of the phase's total and by default the rows. */
export interface Advance {
  readonly rows?: number
  readonly rejects?: number
  readonly done?: number
}

interface Sample {
  readonly at: number
  readonly rows: number
  readonly done: number
}

const REDRAW_MS = 100
const RATE_WINDOW_MS = 5_000
/** Over less than this a rate is noise. */
const SHORTEST_SPAN_MS = 200
const LOG_EVERY_MS = 30_000
const LOG_STEPS = 10
const CLEAR_LINE = '\r\u001b[K'

class Phase {
  readonly title: string
  readonly total: number | undefined
  readonly startedAt: number
  rows = 0
  rejects = 0
  done = 0
  #samples: Sample[]

  constructor(name: string, options: PhaseOptions, at: number) {
    const { step, of } = options
    this.title = step === undefined || of === undefined ? name : `${step}/${of} ${name}`
    this.total = options.total
    this.startedAt = at
    this.#samples = [{ at, rows: 0, done: 0 }]
  }

  /** Remembers the state for the rates, dropping what is older than the window but for one sample that spans it. */
  sample(at: number): void {
    this.#samples.push({ at, rows: this.rows, done: this.done })
    while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) >= RATE_WINDOW_MS) this.#samples.shift()
  }

  view(at: number): PhaseView {
    const first = this.#samples[0]
    const spanMs = first === undefined ? 0 : at - first.at
    const perMs = (now: number, then: number) => (spanMs >= SHORTEST_SPAN_MS ? (now - then) / spanMs : 0)
    const rowsPerMs = perMs(this.rows, first?.rows ?? 0)
    const donePerMs = perMs(this.done, first?.done ?? 0)
    const isKnown = this.total !== undefined && this.total > 0
    return {
      title: this.title,
      rows: this.rows,
      rejects: this.rejects,
      // More may be found than was announced; only the final line says that all is done.
      part: isKnown ? Math.min(0.99, this.done / (this.total ?? 1)) : undefined,
      rate: rowsPerMs > 0 ? rowsPerMs * 1000 : undefined,
      remainingMs: isKnown && donePerMs > 0 ? Math.max(0, (this.total ?? 0) - this.done) / donePerMs : undefined,
      elapsedMs: at - this.startedAt,
    }
  }
}

export class Progress {
  readonly #options: ProgressOptions
  #phase: Phase | undefined
  #startedAt: number | undefined
  #mostRows = 0
  #rejects = 0
  #lastOutput = 0
  #lastStep = 0
  #isDrawn = false

  constructor(options: ProgressOptions) {
    this.#options = options
  }

  /** Starts the next phase; the one before it is over. */
  phase(name: string, options: PhaseOptions = {}): void {
    const at = this.#options.ticks()
    this.#startedAt ??= at
    this.#phase = new Phase(name, options, at)
    this.#lastStep = 0
    // On a terminal the new name is worth showing at once; a log stays short.
    if (this.#options.live) this.#draw(at)
    else this.#lastOutput = at
  }

  /** Counts what was done in this phase. Cheap: draws at most ten times a second. */
  advance({ rows = 0, rejects = 0, done = rows }: Advance): void {
    const phase = this.#phase
    if (phase === undefined) return
    phase.rows += rows
    phase.rejects += rejects
    phase.done += done
    this.#rejects += rejects
    this.#mostRows = Math.max(this.#mostRows, phase.rows)
    this.tick()
  }

  /** Brings the display up to date although nothing was counted; to be called by a timer. */
  tick(): void {
    const phase = this.#phase
    if (phase === undefined || this.#options.quiet) return
    const at = this.#options.ticks()
    if (this.#options.live) {
      if (at - this.#lastOutput >= REDRAW_MS) this.#draw(at)
      return
    }
    const steps = this.#stepsDone(phase)
    if (steps > this.#lastStep || at - this.#lastOutput >= LOG_EVERY_MS) {
      this.#lastStep = steps
      this.#lastOutput = at
      phase.sample(at)
      this.#options.stream.write(`${logLine(phase.view(at))}\n`)
    }
  }

  /** Writes a line of text without spoiling the display. Not silenced by `quiet`: that is for the caller to decide. */
  interject(text: string): void {
    const wasDrawn = this.#isDrawn
    this.clear()
    this.#options.stream.write(`${text}\n`)
    if (wasDrawn) this.#draw(this.#options.ticks())
  }

  /**
   * Ends the display with the final line: rows, rejects, seconds, rate. By default the rows of the phase that handled
   * most and the rejects of all phases. Says nothing when no phase was started.
   */
  finish(summary: { readonly rows?: number; readonly rejects?: number } = {}): void {
    this.clear()
    if (this.#startedAt === undefined) return
    const elapsed = this.#options.ticks() - this.#startedAt
    const text = finalLine(summary.rows ?? this.#mostRows, summary.rejects ?? this.#rejects, elapsed)
    if (!this.#options.quiet) this.#options.stream.write(`${text}\n`)
    this.#phase = undefined
    this.#startedAt = undefined
  }

  /** Ends the display without a word: for work that is only the way to an answer. */
  drop(): void {
    this.clear()
    this.#phase = undefined
    this.#startedAt = undefined
  }

  /** Takes the line off the terminal, for instance before an error is told. */
  clear(): void {
    if (this.#isDrawn) this.#options.stream.write(CLEAR_LINE)
    this.#isDrawn = false
  }

  /** Whole tenths done. Nothing new when all is: the next phase or the final line follows at once. */
  #stepsDone({ total, done }: Phase): number {
    if (total === undefined || done >= total) return this.#lastStep
    return Math.floor((done * LOG_STEPS) / total)
  }

  #draw(at: number): void {
    if (this.#phase === undefined || this.#options.quiet) return
    this.#phase.sample(at)
    this.#lastOutput = at
    // One column is left free: a full line makes some terminals go to the next.
    this.#options.stream.write(`\r${liveLine(this.#phase.view(at), this.#options.width - 1)}\u001b[K`)
    this.#isDrawn = true
  }
}
