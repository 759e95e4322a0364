/** Where a command's answer is written. Colour is decided once; without it no escape code leaves, whoever made it. */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import type { ChalkInstance } from 'chalk'
import { harmless } from '../model/text/harmless.js'
import { type ColorLevel, colorsOf } from './color.js'
import type { TerminalStream } from './system.js'
import { type Column, tableLines } from './table.js'

const WIDTH_WITHOUT_TERMINAL = 80
const NARROWEST_TERMINAL = 40

/** Terminal columns of a stream: as asked, else the terminal's, else 80, so that a pipe always gets the same bytes. */
export function widthOf(stream: TerminalStream, asked?: number): number {
  if (asked !== undefined) return asked
  if (stream.isTTY !== true || stream.columns === undefined || stream.columns < 1) return WIDTH_WITHOUT_TERMINAL
  return Math.max(NARROWEST_TERMINAL, stream.columns)
}

export class Output {
  readonly #stream: Writable
  readonly #level: ColorLevel
  /** Terminal columns to fit into. */
  readonly width: number
  readonly colors: ChalkInstance

  constructor(stream: Writable, options: { readonly level: ColorLevel; readonly width: number }) {
    this.#stream = stream
    this.#level = options.level
    this.width = options.width
    this.colors = colorsOf(options.level)
  }

  /** Writes text for people and ends the line. Values that come from data must have passed `harmless`. */
  line(text = ''): void {
    this.#stream.write(`${this.#level === 0 ? stripVTControlCharacters(text) : text}\n`)
  }

  /** Writes a line with values from data in it: control characters are made harmless. */
  safe(text: string): void {
    this.line(harmless(text))
  }

  /** Writes a line in bold, with values from data in it: control characters are made harmless before it is set. */
  heading(text: string): void {
    this.line(this.colors.bold(harmless(text)))
  }

  /** Writes a table; see `tableLines`. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const { width, colors } = this
    // In one piece: a write for each line takes longer than making it.
    this.line(tableLines(columns, rows, { width, headerStyle: (header) => colors.bold(header) }).join('\n'))
  }

  /** Writes bytes for machines (JSON, CSV) exactly as given. */
  raw(text: string): void {
    this.#stream.write(text)
  }

  /** Waits until a slow reader has taken enough; call it between the parts of a long output. */
  async drained(): Promise<void> {
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain')
  }
}

/** Waits until everything written to a stream has left the process; a stream whose reader is gone counts as done. */
export function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded || stream.writableLength === 0) resolve()
    else {
      stream.once('error', () => resolve())
      stream.write('', () => resolve())
    }
  })
}

/**
 * Calls back when the reader of stdout has left (`| head`), which is no failure. The same on stderr is ignored: there
 * is nobody left to tell. Returns a function that stops listening.
 */
export function onReaderGone(stdout: Writable, stderr: Writable, leave: () => void): () => void {
  const isGone = (error: Error) => 'code' in error && (error.code === 'EPIPE' || error.code === 'EIO')
  const onStdout = (error: Error) => {
    if (!isGone(error)) throw error
    leave()
  }
  const onStderr = (error: Error) => {
    if (!isGone(error)) throw error
  }
  stdout.on('error', onStdout)
  stderr.on('error', onStderr)
  return () => {
    stdout.off('error', onStdout)
    stderr.off('error', onStderr)
  }
}
