/** The records of a CSV or TSV file one by one, by the exact way of reading, for tables that are asked about and not ingested. */
import { InputError } from '../../errors.js'
import { fileFacts } from '../files/facts.js'
import { eachLine } from '../files/physical-lines.js'
import { type CsvRecord, CsvSplitter } from './csv-splitter.js'

const DELIMITERS = ['\t', ';', ',', '|'] as const

export interface TableRecord {
  /** First physical line, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface TableRecords {
  readonly delimiter: string
  readonly records: readonly TableRecord[]
}

/**
 * Reads a table with its header as the first record. The delimiter is the one that cuts the first lines into the most
 * cells, alike. Rules: as `readCsv`; blank lines are left out, records may have any number of cells.
 * Throws InputError: `unreadable`, `binary`, `too-many-lines` beyond `most` records; CancelledError.
 */
export async function readRecords(
  path: string,
  name: string,
  options: { readonly most: number; readonly signal?: AbortSignal | undefined },
): Promise<TableRecords> {
  const facts = await fileFacts(path, options.signal)
  const lines: Parameters<Parameters<typeof eachLine>[3]>[0][] = []
  await eachLine(
    path,
    facts,
    { signal: options.signal },
    (line) => {
      lines.push(line)
      if (lines.length > options.most + 1) throw tooMany(name, options.most)
    },
    async () => undefined,
  )
  const delimiter = delimiterOf(lines.map(({ text }) => text))
  const records: TableRecord[] = []
  const events = {
    record: ({ line, cells }: CsvRecord) => void records.push({ line, cells }),
    blank: () => undefined,
    overlong: () => undefined,
    stray: () => undefined,
    suspect: () => undefined,
  }
  const splitter = new CsvSplitter({ delimiter, width: 0 }, events)
  for (const line of lines) splitter.accept(line)
  splitter.end()
  return { delimiter, records }
}

function tooMany(name: string, most: number): InputError {
  return new InputError(`${name} has more than ${most} lines.`, {
    code: 'too-many-lines',
    file: name,
    suggestions: ['Cut it into several files', 'A whole catalogue is taken in with `recital ingest`'],
  })
}

/** Lines that are looked at for the delimiter. */
const LOOKED_AT = 20

function delimiterOf(lines: readonly string[]): string {
  const seen = lines.filter((text) => text.trim() !== '').slice(0, LOOKED_AT)
  const counts = DELIMITERS.map((delimiter) => {
    const cuts = seen.map((text) => text.split(delimiter).length - 1)
    return { delimiter, least: Math.min(...cuts), first: cuts[0] ?? 0 }
  })
  const best = counts.sort((a, b) => b.least - a.least || b.first - a.first)[0]
  return best !== undefined && best.first > 0 ? best.delimiter : ','
}
