/** What the set-based readers of dumps (BWARM, MusicBrainz) share: files, their first lines, SQL over their rows, remarks. */
import { literal, quoted } from '../store/columns.js'
import { readHead } from './files/chunks.js'
import type { PlainFacts } from './files/facts.js'
import { type StagedLines, stageLines } from './files/lines.js'
import { eachLine, foreignFinding, headText, noSightings, saw, splitLines } from './files/physical-lines.js'
import type { Finding, RepeatedFinding } from './reader.js'
import type { StagedFile, Staging } from './staging.js'

export interface DeliveredFile {
  readonly file: StagedFile
  readonly facts: PlainFacts
}

const HEAD_BYTES = 65_536

/** The first lines of a file, without line ends and blank lines; a line cut by the limit is left out. */
export async function firstLines({ file, facts }: DeliveredFile): Promise<string[]> {
  const head = await readHead(file.source.path, HEAD_BYTES)
  const lines = splitLines(headText(head, facts.isUtf8))
  if (head.length === HEAD_BYTES && lines.length > 1) lines.pop()
  return lines.filter((line) => line !== '')
}

/** All lines of a small file, without line ends, and what is odd about them. */
export async function allLines({
  file,
  facts,
}: DeliveredFile): Promise<{ lines: string[]; findings: RepeatedFinding[] }> {
  const lines: string[] = []
  const foreign = noSightings()
  const { path, name } = file.source
  const onForeign = (line: number): void => saw(foreign, line)
  await eachLine(
    path,
    facts,
    { onForeign },
    ({ text }) => lines.push(text),
    async () => undefined,
  )
  return { lines, findings: foreignFinding(name, foreign) }
}

/** Loads the lines of a file and notes what was odd about them. Throws as `stageLines` does. */
export async function loadLines(
  staging: Staging,
  { file, facts }: DeliveredFile,
  signal?: AbortSignal | undefined,
): Promise<StagedLines> {
  const lines = await stageLines(staging, file, facts, signal)
  noteAll(staging, file, lines.findings)
  return lines
}

/** Notes findings with their numbers. */
export function noteAll(staging: Staging, file: StagedFile, findings: readonly RepeatedFinding[]): void {
  for (const { occurrences, ...finding } of findings) note(staging, file, finding, occurrences)
}

/** Notes a finding about a file of the delivery. */
export const note = (staging: Staging, file: StagedFile | undefined, finding: Finding, occurrences = 1): void => {
  staging.findings.note(file?.index ?? 0, finding, occurrences)
}

/**
 * Notes how many rows of a SELECT (line, value) there are, with the first line as the example; nothing when none.
 */
export async function noteCount(
  staging: Staging,
  file: StagedFile | undefined,
  finding: Finding,
  select: string,
): Promise<void> {
  const [found] = await staging.db.rows(
    `SELECT count(*) AS n, min(line) AS line, arg_min(value, line) AS value FROM (${select})`,
  )
  const count = Number(found?.n ?? 0)
  const value = found?.value == null ? '' : String(found.value)
  if (count > 0) note(staging, file, { ...finding, line: Number(found?.line), value }, count)
}

/** A SELECT item with its quoted alias. */
export const as = (expression: string, name: string): string => `${expression} AS ${quoted(name)}`

/** The natural id of a referenced record in SQL: the record's, else `record:` and the id as it stood. */
export const sqlReferenced = (id: string, reference: string): string =>
  `CASE WHEN ${id} IS NOT NULL THEN ${id} WHEN ${reference} IS NOT NULL THEN ${literal('record:')} || ${reference} END`

/** SQL for a list of texts without repetition and without NULL in character order, joined by a pipe; NULL when empty. */
export const sqlSortedText = (list: string): string =>
  `nullif(array_to_string(list_sort(list_distinct(${list})), '|'), '')`

/** SQL for a JSON object (text) of the values that are not NULL, in the order given; NULL when all are. */
export const sqlJson = (values: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(values)
  if (pairs.length === 0) return 'NULL::VARCHAR'
  const given = pairs.map(([, value]) => `(${value}) IS NOT NULL`).join(' OR ')
  const members = pairs.map(([name, value]) => `${literal(name)}, ${value}`).join(', ')
  return `CASE WHEN ${given} THEN json_merge_patch('{}', json_object(${members}))::VARCHAR END`
}
