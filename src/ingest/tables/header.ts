/** The header of a CSV or TSV file. */
import { InputError } from '../../errors.js'
import { readHead } from '../files/chunks.js'
import type { PlainFacts } from '../files/facts.js'
import { headText } from '../files/physical-lines.js'
import { type CsvRecord, CsvSplitter } from './csv-splitter.js'

const HEADER_LIMIT = 1 << 20

/** The cells of the first record in a text; null when the text ends before the record does or begins with a blank line. */
export function firstRecord(text: string, delimiter: string): string[] | null {
  const found: CsvRecord[] = []
  const ignore = (): void => {}
  const splitter = new CsvSplitter(
    { delimiter, width: 0 },
    {
      record: (record) => found.push(record),
      blank: ignore,
      overlong: ignore,
      stray: ignore,
      suspect: ignore,
    },
  )
  const lines = text.split(/\r\n|\n|\r/)
  for (const [index, line] of lines.entries()) {
    splitter.accept({ number: index + 1, text: line, eol: '\n', bytes: line.length })
    if (found.length > 0) break
  }
  return found[0]?.cells ?? null
}

export interface PlainHeader {
  cells: string[]
  /** Bytes of the line without its end and without a byte order mark. */
  bytes: number
  /** Quotes in the line. */
  quotes: number
  /** Bytes of the byte order mark: 3 or 0. */
  mark: number
}

/**
 * The header of a file whose first line is a whole record; null when it is not, or is blank.
 * Throws InputError `header-too-long` beyond 1 MB.
 */
export async function plainHeader(
  path: string,
  { facts, delimiter, name }: { facts: PlainFacts; delimiter: string; name: string },
): Promise<PlainHeader | null> {
  const head = await readHead(path, HEADER_LIMIT)
  const end = head.indexOf(0x0a)
  if (end < 0 && head.length === HEADER_LIMIT) {
    throw new InputError(`The header of ${name} is longer than 1 MB.`, { code: 'header-too-long', file: name, line: 1 })
  }
  let line = end < 0 ? head : head.subarray(0, end)
  if (line[line.length - 1] === 0x0d) line = line.subarray(0, -1)
  const text = headText(line, facts.isUtf8)
  const mark = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0
  const cells = text === '' ? null : firstRecord(text, delimiter)
  return cells === null ? null : { cells, bytes: line.length - mark, quotes: text.split('"').length - 1, mark }
}

/** A source column's name: trimmed, and without NUL, which no SQL name can hold. */
export const columnName = (text: string): string => text.trim().replaceAll('\0', '\ufffd')

/**
 * The columns' names: trimmed, a nameless one called by its place.
 * Throws InputError `duplicate-column` when two are the same, case apart.
 */
export function columnNames(cells: readonly string[], file: string, line = 1): string[] {
  const names = cells.map((cell, index) => columnName(cell) || `column ${index + 1}`)
  const seen = new Map<string, number>()
  for (const [index, name] of names.entries()) {
    const earlier = seen.get(name.toLowerCase())
    if (earlier !== undefined) {
      throw new InputError(
        `${file}, line ${line}: the column ${name} is there twice (${earlier + 1} and ${index + 1}).`,
        {
          code: 'duplicate-column',
          file,
          line,
          excerpt: cells.join(', ').slice(0, 200),
          suggestions: ['Rename or remove one of the two columns'],
        },
      )
    }
    seen.set(name.toLowerCase(), index)
  }
  return names
}
