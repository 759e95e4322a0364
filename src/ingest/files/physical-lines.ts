/** The physical lines of a text file with their numbers and ends, exactly as they are, however odd the bytes. */
import { isUtf8 } from 'node:buffer'
import { CancelledError } from '../../errors.js'
import type { RepeatedFinding } from '../reader.js'
import { REJECT_TEXT_LIMIT } from '../typing.js'
import { readChunks } from './chunks.js'
import { isReturnsOnly, type PlainFacts } from './facts.js'
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

/** Where something was seen and how often. */
export interface Sightings {
  count: number
  first: number
}

export const noSightings = (): Sightings => ({ count: 0, first: 0 })

export function saw(sightings: Sightings, line: number): void {
  if (sightings.count === 0) sightings.first = line
  sightings.count += 1
}

/** A finding about lines that were seen; none when there was none. */
export const findingOf = (code: string, name: string, { count, first }: Sightings, what: string): RepeatedFinding[] =>
  count === 0 ? [] : [{ code, line: first, message: `${name}, line ${first}: ${what}`, occurrences: count }]

/** What is told of lines that are not UTF-8. */
export const foreignFinding = (name: string, foreign: Sightings): RepeatedFinding[] =>
  findingOf('encoding', name, foreign, 'the line is not UTF-8 and was read as Windows-1252')

export interface LineOptions {
  readonly signal?: AbortSignal | undefined
  /** A line that is not UTF-8. */
  onForeign?(line: number): void
}

class LineAssembler {
  #number = 0
  #pieces: Buffer[] = []
  #bytes = 0
  readonly #endsWithReturns: boolean

  constructor(
    private readonly facts: PlainFacts,
    private readonly options: LineOptions,
    private readonly accept: (line: PhysicalLine) => void,
  ) {
    this.#endsWithReturns = isReturnsOnly(facts)
  }

  chunk(chunk: Buffer): void {
    const byte = this.#endsWithReturns ? CR : 0x0a
    let from = 0
    for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, from)) {
      this.#line(chunk.subarray(from, at), this.#endsWithReturns ? '\r' : '\n')
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
    if (this.facts.isUtf8 || isUtf8(line)) return line.toString('utf8')
    this.options.onForeign?.(this.#number)
    return windows1252(line)
  }
}

/**
 * Hands every physical line of a file to `accept`, in order: ended by LF, or by CR in a file that has no LF; a CR inside
 * a line stays there. A byte order mark at the start is dropped. A line that is not UTF-8 is read as Windows-1252.
 * `flush` is awaited between pieces of the file, so that what was made of the lines can be written away.
 * Throws InputError `unreadable`, CancelledError.
 */
export async function eachLine(
  path: string,
  facts: PlainFacts,
  options: LineOptions,
  accept: (line: PhysicalLine) => void,
  flush: () => Promise<void>,
): Promise<void> {
  const lines = new LineAssembler(facts, options, accept)
  for await (const chunk of readChunks(path)) {
    if (options.signal?.aborted === true) throw new CancelledError('Cancelled.', { code: 'cancelled' })
    lines.chunk(chunk)
    await flush()
  }
  lines.end()
  await flush()
}

const MARK = '\ufeff'

/** The text of the first bytes of a file, without its byte order mark. */
export function headText(head: Buffer, isUtf8: boolean): string {
  const text = isUtf8 ? head.toString('utf8') : windows1252(head)
  if (!isUtf8 && text.startsWith('\u00ef\u00bb\u00bf')) return text.slice(3)
  return text.startsWith(MARK) ? text.slice(1) : text
}

/** The lines of a text without their ends: LF or CRLF, or CR in a text that has no LF. The last one may be cut, or empty. */
export const splitLines = (text: string): string[] =>
  text.includes('\n') ? text.split('\n').map((line) => line.replace(/\r$/, '')) : text.split('\r')
