/** What the raw bytes of a file say about it, in one pass. */
import { isUtf8 } from 'node:buffer'
import { createHash, type Hash } from 'node:crypto'
import { CancelledError } from '../../errors.js'
import type { FileFacts } from '../reader.js'
import { readChunks } from './chunks.js'

const LF = 0x0a
const CR = 0x0d

/** The facts that choose how a text file can be read. */
export interface PlainFacts extends FileFacts {
  /** Carriage returns that no line feed follows. */
  loneCarriageReturns: number
  /** Line feeds that follow a carriage return. */
  carriageReturnLineFeeds: number
  endsWithReturn: boolean
  /** Lines that hold nothing but their end, which is LF or CRLF. */
  emptyLines: number
}

/** A file whose lines end with CR alone, as old Macintosh programs write. */
export const isReturnsOnly = (facts: PlainFacts): boolean =>
  facts.loneCarriageReturns > 0 && facts.lines <= 1 && !facts.endsWithNewline

/** Physical lines: ended by LF, or by CR in a file that has no LF. */
export const lineCount = (facts: PlainFacts): number =>
  isReturnsOnly(facts) ? facts.loneCarriageReturns + (facts.endsWithReturn ? 0 : 1) : facts.lines

/** Whether the end of a line stands at the end of the file: otherwise the last line may be cut. */
export const endsWithLineEnd = (facts: PlainFacts): boolean =>
  facts.endsWithNewline || (isReturnsOnly(facts) && facts.endsWithReturn)

/** Whether LF and CRLF both end lines. */
export function hasMixedEnds(facts: PlainFacts): boolean {
  const feeds = facts.lines - (facts.endsWithNewline ? 0 : 1)
  return facts.carriageReturnLineFeeds > 0 && facts.carriageReturnLineFeeds < feeds
}

/** Gathers the facts of bytes that arrive in pieces. */
export class FactsCounter {
  readonly #hash: Hash = createHash('sha256')
  #bytes = 0
  #lineFeeds = 0
  #returns = 0
  #pairs = 0
  #longest = 0
  #lineStart = 0
  #empty = 0
  #isUtf8 = true
  #hasNul = false
  #hasQuote = false
  #last = -1
  /** The bytes of a character that the end of the last piece cut. */
  #cut: Buffer = Buffer.alloc(0)

  get bytes(): number {
    return this.#bytes
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.#hash.update(chunk)
    this.#countLines(chunk)
    this.#hasNul ||= chunk.includes(0)
    this.#hasQuote ||= chunk.includes(0x22)
    if (this.#isUtf8) this.#checkText(chunk)
    this.#last = chunk[chunk.length - 1] ?? -1
    this.#bytes += chunk.length
  }

  end(): PlainFacts {
    const endsWithNewline = this.#last === LF
    const hasRest = this.#bytes > 0 && !endsWithNewline
    return {
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      lines: this.#lineFeeds + (hasRest ? 1 : 0),
      longestLine: hasRest ? Math.max(this.#longest, this.#bytes - this.#lineStart) : this.#longest,
      isUtf8: this.#isUtf8 && this.#cut.length === 0,
      hasCarriageReturn: this.#returns > 0,
      hasNul: this.#hasNul,
      hasQuote: this.#hasQuote,
      endsWithNewline,
      loneCarriageReturns: this.#returns - this.#pairs,
      carriageReturnLineFeeds: this.#pairs,
      endsWithReturn: this.#last === CR,
      emptyLines: this.#empty,
    }
  }

  #countLines(chunk: Buffer): void {
    const hasReturn = chunk.includes(CR)
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
      const end = this.#bytes + at
      const length = end - this.#lineStart
      if (length > this.#longest) this.#longest = length
      this.#lineStart = end + 1
      this.#lineFeeds += 1
      const isPair = (at === 0 ? this.#last : hasReturn ? chunk[at - 1] : 0) === CR
      if (isPair) this.#pairs += 1
      if (length === 0 || (length === 1 && isPair)) this.#empty += 1
    }
    if (!hasReturn) return
    for (let at = chunk.indexOf(CR); at >= 0; at = chunk.indexOf(CR, at + 1)) this.#returns += 1
  }

  #checkText(chunk: Buffer): void {
    const text = this.#cut.length === 0 ? chunk : Buffer.concat([this.#cut, chunk])
    const whole = text.length - cutCharacter(text)
    this.#isUtf8 = isUtf8(text.subarray(0, whole))
    // A copy: the piece's memory is used again for the next one.
    this.#cut = Buffer.from(text.subarray(whole))
  }
}

/** How many bytes at the end begin a UTF-8 character whose rest is still to come (0 to 3). */
function cutCharacter(text: Buffer): number {
  for (let back = 1; back <= Math.min(3, text.length); back += 1) {
    const byte = text[text.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/**
 * The facts of a plain file, read once from start to end: size, sha256, lines (LF count, plus one if bytes follow the
 * last LF), bytes of the longest line, and what odd bytes it holds.
 * Throws InputError `unreadable` when it cannot be read, CancelledError when the signal aborts.
 */
export async function fileFacts(path: string, signal?: AbortSignal): Promise<PlainFacts> {
  const counter = new FactsCounter()
  for await (const chunk of readChunks(path)) {
    if (signal?.aborted === true) throw new CancelledError('Cancelled.', { code: 'cancelled' })
    counter.push(chunk)
  }
  return counter.end()
}
