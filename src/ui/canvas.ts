/**
 * Where Ink writes its frames. Ink 6.8 by itself clears the terminal for frames that are as high as it, draws nothing where
 * CI is set, and leaves the remains of wrapped lines after a change of size; so it is given this stream, in the mode in
 * which it writes whole frames, and only the lines that changed go to the terminal. Delete it on the upgrade to Ink 7.
 */
import { Writable } from 'node:stream'
import type { Size } from '../cli/terminal.js'

const BEGIN = '\u001b[?2026h'
const END = '\u001b[?2026l'

export class Canvas extends Writable {
  readonly #sizeOf: () => Size
  readonly #draw: (text: string) => void
  #frame = ''
  #painted: readonly string[] = []
  #isLost = true
  #isOpen = true

  constructor(sizeOf: () => Size, draw: (text: string) => void) {
    super({ decodeStrings: false })
    this.#sizeOf = sizeOf
    this.#draw = draw
  }

  get columns(): number {
    return this.#sizeOf().columns
  }

  get rows(): number {
    return this.#sizeOf().rows
  }

  override _write(frame: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#isOpen) this.#paint(String(frame))
    done()
  }

  /** The terminal has lost what was painted, or has another size: the next frame is painted whole. */
  invalidate(): void {
    this.#isLost = true
  }

  /** Paints the last frame once more if no other has come since it was lost. */
  restore(): void {
    if (this.#isOpen && this.#isLost) this.#paint(this.#frame)
  }

  /** From here on nothing is drawn: what Ink writes while it ends belongs nowhere. */
  close(): void {
    this.#isOpen = false
  }

  #paint(frame: string): void {
    // The last row stays free, so that nothing ever scrolls.
    const lines = frame.split('\n').slice(0, this.rows - 1)
    const before = this.#isLost ? [] : this.#painted
    const rows = Array.from({ length: Math.max(lines.length, before.length) }, (_, row) => row)
    const changed = rows.filter((row) => lines[row] !== before[row])
    const erase = this.#isLost ? '\u001b[0m\u001b[2J' : ''
    this.#frame = frame
    this.#painted = lines
    this.#isLost = false
    if (changed.length === 0 && erase === '') return
    // Erased before it is written: a line as long as the terminal is wide would lose its last character afterwards.
    const drawn = changed.map((row) => `\u001b[${row + 1};1H\u001b[0m\u001b[2K${lines[row] ?? ''}`)
    this.#draw(`${BEGIN}${erase}${drawn.join('')}\u001b[0m${END}`)
  }
}
