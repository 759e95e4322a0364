/** A file that holds one JSON array, as JSON Lines: one element per line, without being held in memory. */
import { InputError } from '../../errors.js'
import { readChunks } from './chunks.js'
import type { PlainFacts } from './facts.js'
import type { UnpackGuard } from './limits.js'
import { writeFacts } from './write.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN = new Set([0x5b, 0x7b])
const CLOSE = new Set([0x5d, 0x7d])
const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d])
const MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** Walks the bytes of an array; what is inside an element is only looked at as far as its end needs. */
class ArraySplitter {
  #depth = 0
  #inText = false
  #escaped = false
  #isClosed = false
  #line = 1
  /** Whether the element under way has any bytes; a comma must follow one and be followed by one. */
  #filled = false
  #elements = 0

  constructor(private readonly name: string) {}

  /** The bytes of a piece as they go into the lines file. */
  piece(chunk: Buffer): Buffer {
    const out = Buffer.allocUnsafe(chunk.length)
    let length = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (byte === 0x0a) this.#line += 1
      const kept = this.#inText ? this.#text(byte) : this.#structure(byte)
      if (kept >= 0) {
        out[length] = kept
        length += 1
      }
    }
    return out.subarray(0, length)
  }

  end(): Buffer {
    if (!this.#isClosed) throw this.#broken('the array is not closed: the file seems to be cut')
    return Buffer.from(this.#elements > 0 ? '\n' : '')
  }

  #text(byte: number): number {
    if (this.#escaped) this.#escaped = false
    else if (byte === BACKSLASH) this.#escaped = true
    else if (byte === QUOTE) this.#inText = false
    return byte === 0x0a || byte === 0x0d ? 0x20 : byte
  }

  /** The byte to write for one outside texts; -1 for none. */
  #structure(byte: number): number {
    if (SPACE.has(byte)) return this.#filled ? 0x20 : -1
    if (this.#isClosed) throw this.#broken('something follows the end of the array')
    if (this.#depth === 0) {
      this.#depth = 1
      return -1
    }
    if (this.#depth === 1 && byte === COMMA) {
      if (!this.#filled) throw this.#broken('an element is missing')
      this.#filled = false
      return 0x0a
    }
    if (this.#depth === 1 && CLOSE.has(byte)) {
      if (!this.#filled && this.#elements > 0) throw this.#broken('an element is missing')
      this.#isClosed = true
      this.#filled = false
      return -1
    }
    if (!this.#filled) this.#elements += 1
    this.#filled = true
    if (OPEN.has(byte)) this.#depth += 1
    else if (CLOSE.has(byte)) this.#depth -= 1
    else if (byte === QUOTE) this.#inText = true
    return byte
  }

  #broken(why: string): InputError {
    return new InputError(`${this.name}, line ${this.#line}: this is no JSON array: ${why}.`, {
      code: 'damaged',
      file: this.name,
      line: this.#line,
    })
  }
}

/**
 * Writes each element of the array as one line to `target`, line ends inside an element as blanks. Whether an element
 * is sound is for the reader of the lines to say.
 * Throws InputError `damaged` (not closed, a comma too many, something behind the end), `unreadable`, `disk-full`.
 */
export function writeJsonArray(path: string, name: string, target: string, guard: UnpackGuard): Promise<PlainFacts> {
  async function* pieces(): AsyncGenerator<Buffer> {
    const splitter = new ArraySplitter(name)
    let isFirst = true
    for await (const chunk of readChunks(path)) {
      const marked = isFirst && chunk.subarray(0, 3).equals(MARK)
      isFirst = false
      yield splitter.piece(marked ? chunk.subarray(3) : chunk)
    }
    yield splitter.end()
  }
  return writeFacts(target, pieces(), (written) => guard.check(Math.max(written, 1), written))
}
