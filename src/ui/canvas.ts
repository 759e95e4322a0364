/**
 * The lines of a screen on the terminal: only those that changed are written. Ink 6.8 by itself clears the terminal for
 * frames that are as high as it, draws nothing where CI is set, leaves the remains of wrapped lines after a change of size,
 * and looks at every character of every frame.
 */
import { stripVTControlCharacters } from 'node:util'
import { cutToWidth, displayWidth } from '../cli/display-width.js'
import type { Size } from '../cli/terminal.js'

const BEGIN = '\u001b[?2026h'
const END = '\u001b[?2026l'

export class Canvas {
  readonly #sizeOf: () => Size
  readonly #draw: (text: string) => void
  #frame: readonly string[] = []
  #painted: readonly string[] = []
  #isLost = true
  #isOpen = true

  constructor(sizeOf: () => Size, draw: (text: string) => void) {
    this.#sizeOf = sizeOf
    this.#draw = draw
  }

  /** Brings the terminal to show these lines; what is wider or higher than it is cut. */
  paint(frame: readonly string[]): void {
    if (!this.#isOpen) return
    const { columns, rows } = this.#sizeOf()
    // The last row stays free, so that nothing ever scrolls.
    const lines = frame.slice(0, rows - 1)
    const before = this.#isLost ? [] : this.#painted
    const all = Array.from({ length: Math.max(lines.length, before.length) }, (_, row) => row)
    const changed = all.filter((row) => lines[row] !== before[row])
    const erase = this.#isLost ? '\u001b[0m\u001b[2J' : ''
    this.#frame = frame
    this.#painted = lines
    this.#isLost = false
    if (changed.length === 0 && erase === '') return
    // Erased before it is written: a line as long as the terminal is wide would lose its last character afterwards.
    const drawn = changed.map((row) => `\u001b[${row + 1};1H\u001b[0m\u001b[2K${within(lines[row] ?? '', columns)}`)
    this.#draw(`${BEGIN}${erase}${drawn.join('')}\u001b[0m${END}`)
  }

  /** The terminal has lost what was painted, or has another size: the next frame is painted whole. */
  invalidate(): void {
    this.#isLost = true
  }

  /** Paints the last frame once more if no other has come since it was lost. */
  restore(): void {
    if (this.#isLost) this.paint(this.#frame)
  }

  /** From here on nothing is drawn: the terminal belongs to others. */
  close(): void {
    this.#isOpen = false
  }
}

/** A line that would run on into the next row is cut; its colours are given up for it. */
function within(line: string, columns: number): string {
  const text = line.trimEnd()
  if (text.length <= columns && !text.includes('\u001b')) {
    return displayWidth(text) <= columns ? text : cutToWidth(text, columns)
  }
  const plain = stripVTControlCharacters(text)
  return displayWidth(plain) <= columns ? text : cutToWidth(plain, columns)
}
