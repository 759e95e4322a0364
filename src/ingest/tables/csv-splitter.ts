/**
 * Records of a CSV or TSV file from its physical lines: quotes by RFC 4180, with the one exception that a quote which
 * would swallow other records is a stray character, not a quote. Time is linear in the bytes: a line that an open quote
 * swallowed holds only doubled quotes, so read again on its own it opens none.
 */
import { LINE_LIMIT, type PhysicalLine } from '../files/physical-lines.js'

export interface CsvRecord {
  /** First physical line, from 1. */
  readonly line: number
  /** Physical lines. */
  lines: number
  readonly cells: string[]
  /** The text as it stands in the file, without the last line's end. */
  raw: string
}

export interface CsvEvents {
  record(record: CsvRecord): void
  blank(line: number): void
  /** A line too long to be a row. */
  overlong(line: PhysicalLine): void
  /** A quote at the start of a cell that was read as an ordinary character. */
  stray(line: number, why: string): void
  /** A quoted cell over two lines each of which looks like a record of its own. */
  suspect(line: number): void
}

export interface CsvShape {
  readonly delimiter: string
  /** Cells of the header; 0 while it is not known. */
  width: number
}

/** A cell whose quote has not been closed yet. */
interface OpenCell {
  readonly record: CsvRecord
  /** Its lines so far; the first holds the quote, at `at`. */
  readonly lines: PhysicalLine[]
  readonly at: number
  size: number
}

const QUOTE = 0x22
const RECORD_LINES = 1_000_000

/** The index of the quote that closes a cell, from `from` on; -1 when none does on this line. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at
  }
  return -1
}

function count(text: string, part: string): number {
  let found = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found += 1
  return found
}

export class CsvSplitter {
  #open: OpenCell | null = null

  constructor(
    private readonly shape: CsvShape,
    private readonly events: CsvEvents,
  ) {}

  accept(line: PhysicalLine): void {
    if (line.bytes > LINE_LIMIT) {
      if (this.#open !== null) this.#readLiterally(this.#open, 'the cell is longer than 64 MB')
      this.events.overlong(line)
    } else if (this.#open !== null) this.#continue(this.#open, line)
    else if (line.text === '') this.events.blank(line.number)
    else this.#split(line, 0, { line: line.number, lines: 1, cells: [], raw: line.text })
  }

  end(): void {
    // Reading literally may open the next quote, which reaches the end as well.
    while (this.#open !== null) this.#readLiterally(this.#open, 'the quote is never closed')
  }

  #split(line: PhysicalLine, from: number, record: CsvRecord): void {
    const { text } = line
    const { delimiter } = this.shape
    let at = from
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const closing = closingQuote(text, at + 1)
        if (closing < 0) {
          this.#open = { record, lines: [line], at, size: record.raw.length }
          return
        }
        if (closing + 1 === text.length || text[closing + 1] === delimiter) {
          record.cells.push(text.slice(at + 1, closing).replaceAll('""', '"'))
          if (closing + 1 === text.length) break
          at = closing + 2
          continue
        }
        this.events.stray(line.number, 'text follows the closing quote')
      }
      const end = text.indexOf(delimiter, at)
      record.cells.push(end < 0 ? text.slice(at) : text.slice(at, end))
      if (end < 0) break
      at = end + 1
    }
    this.events.record(record)
  }

  #continue(open: OpenCell, line: PhysicalLine): void {
    const { text } = line
    open.lines.push(line)
    open.size += text.length + 2
    const closing = closingQuote(text, 0)
    if (closing < 0) {
      const { width, delimiter } = this.shape
      if (width >= 2 && count(text, delimiter) + 1 === width) {
        this.#readLiterally(open, 'the quoted cell would hold a whole record')
      } else if (open.size > LINE_LIMIT || open.lines.length > RECORD_LINES) {
        this.#readLiterally(open, 'the cell is longer than 64 MB or a million lines')
      }
      return
    }
    if (closing + 1 < text.length && text[closing + 1] !== this.shape.delimiter) {
      this.#readLiterally(open, 'text follows the closing quote')
      return
    }
    this.#close(open, line, closing)
  }

  #close({ record, lines, at }: OpenCell, line: PhysicalLine, closing: number): void {
    this.#open = null
    const first = lines[0]
    const begun = first === undefined ? '' : first.text.slice(at + 1) + first.eol
    const between = lines.slice(1, -1).map(({ text, eol }) => text + eol)
    record.cells.push(`${begun}${between.join('')}${line.text.slice(0, closing)}`.replaceAll('""', '"'))
    record.raw += (first?.eol ?? '') + between.join('') + line.text
    record.lines += lines.length - 1
    if (first !== undefined && this.#looksWhole(first) && this.#looksWhole(line)) this.events.suspect(first.number)
    if (closing + 1 === line.text.length) this.events.record(record)
    else this.#split(line, closing + 2, record)
  }

  #looksWhole(line: PhysicalLine): boolean {
    return this.shape.width >= 2 && count(line.text, this.shape.delimiter) + 1 === this.shape.width
  }

  /** The quote is a character of its cell, which ends with its line at the latest; the lines after it are read anew. */
  #readLiterally({ record, lines, at }: OpenCell, why: string): void {
    this.#open = null
    const [first, ...others] = lines
    if (first === undefined) return
    this.events.stray(first.number, why)
    const end = first.text.indexOf(this.shape.delimiter, at)
    record.cells.push(end < 0 ? first.text.slice(at) : first.text.slice(at, end))
    if (end < 0) this.events.record(record)
    else this.#split(first, end + 1, record)
    for (const line of others) this.accept(line)
  }
}
