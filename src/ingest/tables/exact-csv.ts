/**
 * The exact way to read any CSV or TSV file, for those that the faster ways cannot vouch for: one pass over its bytes
 * writes one line per record, the cells separated by a text that the file does not hold.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { absentTexts } from '../files/absent.js'
import type { PlainFacts } from '../files/facts.js'
import { overlongReason } from '../files/lines.js'
import { eachLine, noSightings, type Sightings, saw } from '../files/physical-lines.js'
import { REJECT_TEXT_LIMIT } from '../typing.js'
import { type CsvEvents, type CsvRecord, type CsvShape, CsvSplitter } from './csv-splitter.js'

export interface ExactCsv {
  /** Cells of the first record that is not blank; empty for a file of blank lines. */
  header: string[]
  headerLine: number
  /** Records after the header. */
  records: number
  lines: number
  continued: number
  blank: number
  /** Line of the last record; 0 when there is none. */
  lastLine: number
  /** Bytes of the longest line written. */
  longest: number
  /** Between the parts of a line: record's line, reason to refuse it, raw text ('' = cells joined), cells. */
  separator: string
  /** Stand for LF and CR inside cells. */
  lineFeed: string
  carriageReturn: string
  strays: Sightings & { why: string }
  suspects: Sightings
  foreign: Sightings
}

export interface ExactOptions {
  readonly delimiter: string
  readonly facts: PlainFacts
  readonly name: string
  readonly signal?: AbortSignal | undefined
}

const cells = (count: number): string => `${count} ${count === 1 ? 'cell' : 'cells'}`

/** Why a row is refused whose cells do not fit the header. */
export const raggedReason = (found: number, width: number): string => `has ${cells(found)}, the header has ${width}`

class Rewriting implements CsvEvents {
  readonly #lines: string[] = []
  readonly #splitter: CsvSplitter
  readonly #shape: CsvShape
  #hasHeader = false

  constructor(
    readonly result: ExactCsv,
    private readonly delimiter: string,
  ) {
    this.#shape = { delimiter, width: 0 }
    this.#splitter = new CsvSplitter(this.#shape, this)
  }

  get splitter(): CsvSplitter {
    return this.#splitter
  }

  record(record: CsvRecord): void {
    const { result } = this
    result.continued += record.lines - 1
    if (!this.#hasHeader) {
      this.#hasHeader = true
      result.header = record.cells
      result.headerLine = record.line
      this.#shape.width = record.cells.length
      return
    }
    const { width } = this.#shape
    if (record.cells.length !== width) {
      this.#write(record.line, raggedReason(record.cells.length, width), record.raw, [])
      return
    }
    this.#write(record.line, '', record.raw === record.cells.join(this.delimiter) ? '' : record.raw, record.cells)
  }

  blank(): void {
    this.result.blank += 1
  }

  overlong(line: { number: number; text: string; bytes: number }): void {
    this.#write(line.number, overlongReason(line.bytes), line.text, [])
  }

  stray(line: number, why: string): void {
    const { strays } = this.result
    if (strays.count === 0) strays.why = why
    saw(strays, line)
  }

  suspect(line: number): void {
    saw(this.result.suspects, line)
  }

  /** The lines made since the last call, as bytes. */
  take(): Buffer {
    const text = Buffer.from(this.#lines.join(''), 'utf8')
    this.#lines.length = 0
    return text
  }

  #write(line: number, reason: string, raw: string, cells: readonly string[]): void {
    const { result } = this
    const parts = [String(line), reason, raw.slice(0, REJECT_TEXT_LIMIT), ...cells].join(result.separator)
    const text = parts.replaceAll('\n', result.lineFeed).replaceAll('\r', result.carriageReturn)
    this.#lines.push(text, '\n')
    result.records += 1
    result.lastLine = line
    // A character of JavaScript text is at most three bytes of UTF-8.
    result.longest = Math.max(result.longest, 3 * text.length)
  }
}

/**
 * Rewrites a CSV or TSV file to `target`, one record per line as `ExactCsv` says, and returns what it holds. Lines that
 * are not UTF-8 are read as Windows-1252. A record has at most 64 MB.
 * Rules: RFC 4180; a quoted cell that swallows a line with the header's number (at least 2) of cells is literal.
 * Throws InputError `unreadable`, `binary`; CancelledError.
 */
export async function rewriteCsv(path: string, target: string, options: ExactOptions): Promise<ExactCsv> {
  const { facts, delimiter, signal } = options
  const [separator = '', lineFeed = '', carriageReturn = ''] = await absentTexts(path, 3, options.name)
  const result: ExactCsv = {
    ...{ header: [], headerLine: 1, records: 0, lines: 0, continued: 0, blank: 0, lastLine: 0, longest: 0 },
    ...{ separator, lineFeed, carriageReturn },
    ...{ strays: { ...noSightings(), why: '' }, suspects: noSightings(), foreign: noSightings() },
  }
  const rewriting = new Rewriting(result, delimiter)
  const file: FileHandle = await open(target, 'w')
  const flush = async () => {
    await file.writeFile(rewriting.take())
  }
  try {
    await eachLine(
      path,
      facts,
      { signal, onForeign: (line) => saw(result.foreign, line) },
      (line) => {
        result.lines = line.number
        rewriting.splitter.accept(line)
      },
      flush,
    )
    rewriting.splitter.end()
    await flush()
  } finally {
    await file.close()
  }
  return result
}
