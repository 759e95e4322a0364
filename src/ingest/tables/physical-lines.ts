/** The physical lines of a text file with their numbers and ends, exactly as they are, however odd the bytes. */
import { isUtf8 } from 'node:buffer'
import { CancelledError } from '../../errors.js'
import { readChunks } from '../files/chunks.js'
import { REJECT_TEXT_LIMIT } from '../typing.js'
import { windows1252 } from './windows-1252.js'

/** The longest line that is read as a row; a longer one is refused. */
export const LINE_LIMIT = 64 * 1024 ** 2

const CR = 0x0d
/** Enough bytes for the text that a reject keeps. */
const HEAD_BYTES = 4 * REJECT_TEXT_LIMIT

export interface PhysicalLine {
  /** From 1. */
  readonly number: number
  /** Without its end; only the start of a line beyond `LINE_LIMIT`. */
  readonly text: string
  /** `\n`, `\r\n`, `\r` or nothing. */
  readonly eol: string
  readonly bytes: number
}

export interface LineOptions {
  /** What ends a line: LF, or CR in a file that has no LF. */
  readonly newline: 'LF' | 'CR'
  /** Whether the whole file is known to be UTF-8; else each line that is not is read as Windows-1252. */
  readonly isUtf8: boolean
  readonly signal?: AbortSignal | undefined
  /** A line that is not UTF-8. */
  onForeign?(line: number): void
}

class LineAssembler {
  #number = 0
  #pieces: Buffer[] = []
  #bytes = 0

  constructor(
    private readonly options: LineOptions,
    private readonly accept: (line: PhysicalLine) => void,
  ) {}

  chunk(chunk: Buffer): void {
    const byte = this.options.newline === 'LF' ? 0x0a : CR
    let from = 0
    for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, from)) {
      this.#line(chunk.subarray(from, at), this.options.newline === 'LF' ? '\n' : '\r')
      from = at + 1
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
  }

  end(): void {
    if (this.#bytes > 0) this.#line(Buffer.alloc(0), '')
  }

  #keep(piece: Buffer): void {
    this.#bytes += piece.length
    this.#pieces.push(Buffer.from(piece))
    if (this.#bytes <= LINE_LIMIT) return
    const held = this.#pieces.reduce((sum, { length }) => sum + length, 0)
    if (held > HEAD_BYTES) this.#pieces = [Buffer.concat(this.#pieces).subarray(0, HEAD_BYTES)]
  }

  #line(last: Buffer, end: string): void {
    let line = last
    if (this.#bytes > 0) {
      this.#keep(last)
      line = Buffer.concat(this.#pieces)
    }
    const bytes = Math.max(this.#bytes, line.length)
    this.#pieces = []
    this.#bytes = 0
    this.#number += 1
    let eol = end
    if (end === '\n' && line.length === bytes && line[line.length - 1] === CR) {
      line = line.subarray(0, -1)
      eol = '\r\n'
    }
    if (this.#number === 1 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf) line = line.subarray(3)
    this.accept({ number: this.#number, text: this.#text(line), eol, bytes })
  }

  #text(line: Buffer): string {
    if (this.options.isUtf8 || isUtf8(line)) return line.toString('utf8')
    this.options.onForeign?.(this.#number)
    return windows1252(line)
  }
}

/**
 * Hands every physical line of a file to `accept`, in order; a byte order mark at the start is dropped. `flush` is
 * awaited between pieces of the file, so that what was made of the lines can be written away.
 * Throws InputError `unreadable`, CancelledError.
 */
export async function eachLine(
  path: string,
  options: LineOptions,
  accept: (line: PhysicalLine) => void,
  flush: () => Promise<void>,
): Promise<void> {
  const lines = new LineAssembler(options, accept)
  for await (const chunk of readChunks(path)) {
    if (options.signal?.aborted === true) throw new CancelledError('Cancelled.', { code: 'cancelled' })
    lines.chunk(chunk)
    await flush()
  }
  lines.end()
  await flush()
}
