/**
 * CSV and TSV into the staging database, in the fastest of three ways that is sure to be right:
 * - cells: the database's own reader, trusted only if every byte of the file is accounted for
 * - plain: lines cut at the delimiter, where no quote is in the file
 * - exact: our own pass over the bytes, for everything else
 * All three give the same rows for a file that more than one of them can read.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError, InternalError, RecitalError } from '../../errors.js'
import { literal } from '../../store/columns.js'
import { countByte } from '../files/chunks.js'
import { hasMixedEnds, lineCount, type PlainFacts } from '../files/facts.js'
import { loadLines } from '../files/lines.js'
import { findingOf, foreignFinding, LINE_LIMIT } from '../files/physical-lines.js'
import type { RepeatedFinding } from '../reader.js'
import type { Staging } from '../staging.js'
import { type ExactCsv, raggedReason, rewriteCsv } from './exact-csv.js'
import { columnNames, type PlainHeader, plainHeader } from './header.js'
import type { RawTable, TableFile } from './types.js'

export interface CsvFile extends TableFile {
  readonly delimiter: string
  readonly signal?: AbortSignal | undefined
}

/** Which way a file was read; `way` in tests forces one. */
export type CsvWay = 'cells' | 'plain' | 'exact'

/** Whether the bytes are odd in a way that only the exact way reads: encodings, ends of lines, a line without end. */
const isOdd = (facts: PlainFacts): boolean =>
  !facts.isUtf8 || facts.loneCarriageReturns > 0 || hasMixedEnds(facts) || facts.longestLine > LINE_LIMIT

/**
 * Stages a CSV or TSV file as text. Rows of the wrong number of cells, lines too long and the rest of `CsvEvents` are
 * rows to reject or findings; nothing is skipped.
 * Throws InputError: `empty-file`, `duplicate-column`, `header-too-long`, `unreadable`, `binary`.
 * Rules: RFC 4180, and the contract's exception for stray quotes.
 */
export async function readCsv(staging: Staging, csv: CsvFile, way?: CsvWay): Promise<RawTable> {
  const { facts, delimiter, file } = csv
  const { name, path } = file.source
  const header = isOdd(facts) ? null : await plainHeader(path, { facts, delimiter, name })
  if (header !== null) {
    for (const one of way === undefined ? waysFor(facts) : [way]) {
      if (one === 'exact') break
      const found = await attempt(() => (one === 'cells' ? readCells : readPlain)(staging, csv, header))
      if (found !== null) return found
    }
  }
  return readExact(staging, csv)
}

/** The ways that may read a file, the fastest first; the exact one is always left. */
function waysFor(facts: PlainFacts): CsvWay[] {
  if (!facts.hasQuote) return facts.hasNul ? ['plain'] : ['cells', 'plain']
  return facts.hasNul ? [] : ['cells']
}

/** Null where the database refuses a file's text: the exact way then tells row by row what is wrong. */
async function attempt(read: () => Promise<RawTable | null>): Promise<RawTable | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof RecitalError || !(error instanceof Error)) throw error
    if (error.message.startsWith('Invalid Input Error')) return null
    throw error
  }
}

const unfinished = (facts: PlainFacts, line: number): { unfinishedLine?: number } =>
  facts.endsWithNewline || line <= 1 ? {} : { unfinishedLine: line }

const cellList = (count: number, cell: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${cell(index)} AS c${index}`).join(', ')

async function readPlain(staging: Staging, csv: CsvFile, header: PlainHeader): Promise<RawTable | null> {
  const { facts, delimiter, file } = csv
  const names = columnNames(header.cells, file.source.name)
  const width = names.length
  const table = await staging.lines(file.source, facts.longestLine)
  const [counted] = await staging.db.rows(
    `SELECT count(*) AS lines, count(*) FILTER (l IS NULL OR l = '') AS blank FROM ${table}`,
  )
  if (Number(counted?.lines) !== facts.lines) {
    await staging.db.run(`DROP TABLE ${table}`)
    return null
  }
  const blank = Number(counted?.blank)
  const [one, many] = [raggedReason(1, width), raggedReason(2, width).replace(/^has 2/, '')]
  const ragged = `CASE WHEN len(a) = ${width} THEN NULL WHEN len(a) = 1 THEN ${literal(one)}
    ELSE 'has ' || len(a) || ${literal(many)} END`
  return {
    names,
    select: `SELECT rowid + 1 AS line, ${ragged} AS reject, l AS reject_text, ${cellList(width, (n) => `a[${n + 1}]`)}
      FROM (SELECT rowid, l, string_split(l, ${literal(delimiter)}) AS a FROM ${table} WHERE rowid > 0 AND l <> '')`,
    tally: { header: 1, staged: facts.lines - 1 - blank, rejected: 0, continued: 0, blank },
    lines: facts.lines,
    ...unfinished(facts, facts.lines),
    findings: [],
  }
}

/** A record written as CSV again: the same cells, quoted only where they must be. */
function recordSql(width: number, delimiter: string): string {
  const cell = (index: number) => {
    const c = `c${index}`
    const quote = `contains(${c}, '"') OR contains(${c}, ${literal(delimiter)})`
    return `CASE WHEN ${quote} THEN '"' || replace(${c}, '"', '""') || '"' ELSE coalesce(${c}, '') END`
  }
  return Array.from({ length: width }, (_, index) => cell(index)).join(` || ${literal(delimiter)} || `)
}

async function readCells(staging: Staging, csv: CsvFile, header: PlainHeader): Promise<RawTable | null> {
  const { facts, delimiter, file } = csv
  const names = columnNames(header.cells, file.source.name)
  const table = staging.freshTable('cells')
  const size = Math.max(2_097_152, facts.longestLine + 1024)
  await staging.db.run(
    `CREATE TEMP TABLE ${table} AS SELECT * FROM read_csv(${literal(file.source.path)}, delim = ${literal(delimiter)},
      header = false, skip = 1, ${facts.hasQuote ? `quote = '"', escape = '"'` : `quote = '', escape = ''`}, comment = '', auto_detect = false, compression = 'none', strict_mode = true,
      columns = {${names.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ')}},
      max_line_size = ${size}, buffer_size = ${2 * size})`,
  )
  if (!(await isEveryByteThere(staging, csv, header, table))) {
    await staging.db.run(`DROP TABLE ${table}`)
    return null
  }
  return {
    names,
    rejectText: `SELECT rowid + 2 AS line, ${recordSql(names.length, delimiter)} AS text FROM ${table}`,
    select: `SELECT rowid + 2 AS line, NULL::VARCHAR AS reject, NULL::VARCHAR AS reject_text,
      ${names.map((_, index) => `c${index}`).join(', ')} FROM ${table}`,
    tally: { header: 1, staged: facts.lines - 1, rejected: 0, continued: 0, blank: 0 },
    lines: facts.lines,
    ...unfinished(facts, facts.lines),
    findings: [],
  }
}

/**
 * Whether the rows are all there is in the file, one per line. With as many rows as lines after the header, each row has
 * one line and none is blank, so row n stands on line n + 1. And the bytes of the cells, the separators that n columns
 * need, the ends of lines and the quotes must make up the file: the database silently drops blanks around quotes and
 * any empty cells beyond the last column, either of which leaves bytes over.
 */
async function isEveryByteThere(
  staging: Staging,
  { facts, file }: CsvFile,
  header: PlainHeader,
  table: string,
): Promise<boolean> {
  const width = header.cells.length
  const cells = Array.from({ length: width }, (_, index) => `c${index}`)
  const bytes = cells.map((c) => `coalesce(sum(strlen(${c})), 0)`).join(' + ')
  const quotes = cells.map(
    (c) => `coalesce(sum(CASE WHEN contains(${c}, '"') THEN strlen(${c}) - strlen(replace(${c}, '"', '')) END), 0)`,
  )
  const [row] = await staging.db.rows(
    `SELECT count(*) AS rows, (${bytes} - (${facts.hasQuote ? quotes.join(' + ') : 0}))::BIGINT AS bytes FROM ${table}`,
  )
  const rows = Number(row?.rows)
  if (rows + 1 !== facts.lines) return false
  const ends = facts.lines - (facts.endsWithNewline ? 0 : 1) + facts.carriageReturnLineFeeds
  const quotesOfRows = facts.hasQuote ? (await countByte(file.source.path, 0x22)) - header.quotes : 0
  const expected = header.mark + header.bytes + ends + rows * (width - 1) + quotesOfRows + Number(row?.bytes)
  return expected === facts.bytes
}

async function readExact(staging: Staging, csv: CsvFile): Promise<RawTable> {
  const { facts, delimiter, file, signal } = csv
  const { name, path } = file.source
  const target = join(staging.options.folder, `cells-${file.index}.tmp`)
  try {
    const exact = await rewriteCsv(path, target, { delimiter, facts, name, signal })
    const lines = lineCount(facts)
    if (exact.lines !== lines) {
      throw new InternalError(`${name}: ${exact.lines} lines were read of ${lines}`, { code: 'line-count' })
    }
    if (exact.header.length === 0) {
      throw new InputError(`${name} holds nothing but blank lines.`, { code: 'empty-file', file: name, line: 1 })
    }
    const names = columnNames(exact.header, name, exact.headerLine)
    const table = exact.records === 0 ? null : await loadLines(staging, target, exact.longest, name)
    return {
      names,
      select: exactSelect(exact, table, names.length, delimiter),
      tally: { header: 1, staged: exact.records, rejected: 0, continued: exact.continued, blank: exact.blank },
      lines,
      ...unfinished(facts, exact.lastLine),
      findings: exactFindings(exact, name),
    }
  } finally {
    await rm(target, { force: true })
  }
}

const sqlText = (text: string): string =>
  [...text].map((character) => `chr(${character.codePointAt(0) ?? 0})`).join(' || ')

function exactSelect(exact: ExactCsv, table: string | null, width: number, delimiter: string): string {
  if (table === null) {
    const none = cellList(width, () => 'NULL::VARCHAR')
    return `SELECT NULL::BIGINT AS line, NULL::VARCHAR AS reject, NULL::VARCHAR AS reject_text, ${none} WHERE false`
  }
  const restored = (part: string) =>
    `replace(replace(${part}, ${sqlText(exact.lineFeed)}, chr(10)), ${sqlText(exact.carriageReturn)}, chr(13))`
  const joined = `array_to_string(a[4:], ${literal(delimiter)})`
  return `SELECT a[1]::BIGINT AS line, nullif(a[2], '') AS reject,
      ${restored(`CASE WHEN a[3] = '' THEN ${joined} ELSE a[3] END`)} AS reject_text,
      ${cellList(width, (index) => restored(`a[${index + 4}]`))}
    FROM (SELECT string_split(l, ${sqlText(exact.separator)}) AS a FROM ${table})`
}

const exactFindings = ({ strays, suspects, foreign }: ExactCsv, name: string): RepeatedFinding[] => [
  ...findingOf('stray-quote', name, strays, `a quote was read as an ordinary character: ${strays.why}`),
  ...findingOf(
    'suspect-quote',
    name,
    suspects,
    'a quoted cell begins and ends on lines that look like records of their own',
  ),
  ...foreignFinding(name, foreign),
]
