/** Which kind of table a file is, by its content, and which relation it holds. */
import { isUtf8 } from 'node:buffer'
import { InputError } from '../../errors.js'
import { RELATIONS, type RelationName } from '../../model/relations.js'
import type { PlainFacts } from '../files/facts.js'
import { headText } from '../files/physical-lines.js'
import type { SourceFile } from '../reader.js'
import { relationOfColumns, relationOfName, requiredColumns } from './contract-columns.js'
import { firstRecord } from './header.js'
import type { Mapping } from './mapping.js'
import type { RecognisedTable } from './types.js'

/** In order of preference where two serve equally well. */
const DELIMITERS = [',', '\t', ';', '|'] as const

/** Enough of a file's start to hold its header. */
export const HEAD_BYTES = 1 << 16

/** Names of files that a mapping is tried on even if their header has none of its columns, so that it can say so. */
const TABLE_NAME = /\.(csv|tsv|tab|psv|txt|dat)(\.gz)?$/i

interface Guess {
  readonly delimiter: string
  readonly names: string[]
}

/**
 * What kind of table a file is: Parquet and Avro by their first bytes, JSONL by an object on its first line, else CSV
 * with the delimiter that makes its header hold the wanted columns. Null when it is no table of a known relation and
 * there is no mapping for it.
 * Throws InputError `json-array` for a file named after a relation that holds one JSON array.
 * @param head the first bytes of the plain file, `HEAD_BYTES` or all of it
 */
export function recogniseTable(
  source: SourceFile,
  facts: PlainFacts,
  head: Buffer,
  mapping: Mapping | null = null,
): RecognisedTable | null {
  const named = mapping === null ? relationOfName(source.name) : null
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return { kind: 'parquet', relation: named }
  if (head.subarray(0, 4).toString('latin1') === 'Obj\x01') return { kind: 'avro', relation: named }
  const text = headText(head, facts.isUtf8 || isUtf8(head))
  const start = text.trimStart()
  const isWanted = named !== null || mapping !== null
  if (start.startsWith('{')) return recogniseJson(start, named, isWanted)
  if (/^\[\s*[{\]]/.test(start) && isWanted) throw jsonArray(source.name)
  return recogniseCsv(text, source.name, named, mapping)
}

function recogniseJson(start: string, named: RelationName | null, isWanted: boolean): RecognisedTable | null {
  if (isWanted) return { kind: 'jsonl', relation: named }
  const line = start.slice(0, start.search(/[\r\n]|$/))
  try {
    const first: unknown = JSON.parse(line)
    const relation = typeof first === 'object' && first !== null ? relationOfColumns(Object.keys(first)) : null
    return relation === null ? null : { kind: 'jsonl', relation }
  } catch {
    return null
  }
}

function jsonArray(name: string): InputError {
  return new InputError(`${name} holds one JSON array; a table needs one JSON object per line.`, {
    code: 'json-array',
    file: name,
    line: 1,
    suggestions: ['Write one object per line (JSON Lines), for instance with: jq -c ".[]"'],
  })
}

function recogniseCsv(
  text: string,
  file: string,
  named: RelationName | null,
  mapping: Mapping | null,
): RecognisedTable | null {
  const guesses = DELIMITERS.map((delimiter): Guess => {
    const cells = firstRecord(text, delimiter) ?? firstRecord(text.split(/\r\n|\n|\r/)[0] ?? '', delimiter) ?? []
    return { delimiter, names: cells.map((cell) => cell.trim().toLowerCase()) }
  })
  if (named === null && mapping === null) {
    const found = guesses.map(({ delimiter, names }) => ({ delimiter, relation: relationOfColumns(names) }))
    const first = found.find(({ relation }) => relation !== null)
    return first === undefined ? null : { kind: 'csv', ...first }
  }
  const wanted = named === null ? [...(mapping?.sourceNames ?? [])] : requiredColumns(RELATIONS[named])
  const optional = named === null ? [] : RELATIONS[named].columns.map(({ name }) => name)
  const best = bestGuess(guesses, wanted, optional)
  const isForeign = named === null && !wanted.some((name) => best.names.includes(name.toLowerCase()))
  if (isForeign && !TABLE_NAME.test(file)) return null
  return { kind: 'csv', relation: named, delimiter: best.delimiter }
}

/** The guess with most wanted columns, then most known ones, then most cells. */
function bestGuess(guesses: readonly Guess[], wanted: readonly string[], optional: readonly string[]): Guess {
  const score = ({ names }: Guess): [number, number, number] => [
    wanted.filter((name) => names.includes(name.toLowerCase())).length,
    optional.filter((name) => names.includes(name)).length,
    names.length,
  ]
  let best: Guess = { delimiter: ',', names: [] }
  for (const guess of guesses) {
    const [mine, theirs] = [score(guess), score(best)]
    const differs = mine.findIndex((value, index) => value !== theirs[index])
    if (differs >= 0 && (mine[differs] ?? 0) > (theirs[differs] ?? 0)) best = guess
  }
  return best
}
