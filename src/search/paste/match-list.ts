/** A pasted list: its columns recognised, each of its lines with its best candidates. */
import { InputError } from '../../errors.js'
import type { SearchIndex } from '../../store/search/index-reader.js'
import { type Columns, columnsOf } from './columns.js'
import { type GivenLine, type LineCandidate, type MatchOptions, matchLine } from './match-line.js'

/** A schedule has thousands of works; a catalogue is for `ingest`. */
const MOST_LINES = 100_000

export interface MatchedLine {
  readonly given: GivenLine
  readonly candidates: readonly LineCandidate[]
}

export interface MatchedList {
  readonly columns: Columns
  readonly lines: readonly MatchedLine[]
}

export interface ListRequest extends MatchOptions {
  /** Absolute path. */
  readonly path: string
  /** As the user named it. */
  readonly name: string
  readonly onLine?: ((done: number, of: number) => void) | undefined
}

/**
 * Matches every line of a list. Throws InputError: `no-columns` for a table in which neither titles nor identifiers can be
 * made out, `empty-file`, and as `readRecords`.
 */
export async function matchList(index: SearchIndex, request: ListRequest): Promise<MatchedList> {
  const { path, name, signal } = request
  // Loaded for lists alone: it is larger than all the rest of searching.
  const { readRecords } = await import('../../ingest/index.js')
  const { records } = await readRecords(path, name, { most: MOST_LINES, signal })
  if (records.length === 0) {
    throw new InputError(`${name} holds no line.`, {
      code: 'empty-file',
      file: name,
      suggestions: ['Name a CSV or TSV file with a title, a writer or an identifier on each line'],
    })
  }
  const columns = columnsOf(records.map(({ cells }) => cells))
  if (!columns.roles.some((role) => role === 'title' || role === 'identifier')) {
    throw new InputError(`${name} has no column that can be taken for titles or identifiers.`, {
      code: 'no-columns',
      file: name,
      line: 1,
      suggestions: ['Head the columns with title, writer, iswc, isrc'],
    })
  }
  const given = records.slice(columns.hasHeader ? 1 : 0).map(({ line, cells }) => givenLine(line, cells, columns))
  const lines: MatchedLine[] = []
  for (const one of given) {
    lines.push({ given: one, candidates: await matchLine(index, one, request) })
    request.onLine?.(lines.length, given.length)
  }
  return { columns, lines }
}

function givenLine(line: number, cells: readonly string[], { roles }: Columns): GivenLine {
  const of = (role: string) => cells.filter((_, place) => roles[place] === role).map((cell) => cell.trim())
  return {
    line,
    title: of('title').find((text) => text !== '') ?? '',
    names: of('names')
      .filter((text) => text !== '')
      .join(', '),
    identifiers: of('identifier')
      .flatMap((text) => text.split(/[|;,]/))
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  }
}
