/**
 * The lines of a text file in the staging database, whatever its bytes are: what the database cannot read as it stands
 * (bytes that are not UTF-8, a carriage return inside a line, line ends of two kinds, lines too long) is written anew
 * first, one line for each line of the file.
 */
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError, InternalError } from '../../errors.js'
import { literal } from '../../store/columns.js'
import type { RepeatedFinding } from '../reader.js'
import type { StagedFile, Staging } from '../staging.js'
import { REJECT_TEXT_LIMIT } from '../typing.js'
import { absentTexts } from './absent.js'
import { hasMixedEnds, isReturnsOnly, lineCount, type PlainFacts } from './facts.js'
import { eachLine, foreignFinding, LINE_LIMIT, noSightings, type PhysicalLine, saw } from './physical-lines.js'

/** A line too long to be a row, with its start. */
type Overlong = Pick<PhysicalLine, 'number' | 'text' | 'bytes'>

export interface StagedLines {
  /** Temporary table with a row per line in file order: `l` VARCHAR, NULL or '' for a blank line; number = rowid + 1. */
  readonly table: string
  readonly count: number
  /** Lines too long to be rows: blank in the table, and to be counted as rejected. */
  readonly overlong: number
  readonly findings: readonly RepeatedFinding[]
}

/** Why a line is refused that is longer than a row may be. */
export const overlongReason = (bytes: number): string => `is a line of ${bytes} bytes, too long for a row`

/** Whether the database's own reader takes the lines as they are. */
const isPlain = (facts: PlainFacts): boolean =>
  facts.isUtf8 && facts.loneCarriageReturns === 0 && facts.longestLine <= LINE_LIMIT && !hasMixedEnds(facts)

/**
 * Stages the physical lines of a file: ended by LF or CRLF, or by CR in a file that has no LF; a CR or NUL inside a line
 * stays in it. Lines that are not UTF-8 are read as Windows-1252, which is a finding. Lines too long are rejected here.
 * Throws InputError `unreadable`, `binary`; CancelledError.
 */
export async function stageLines(
  staging: Staging,
  file: StagedFile,
  facts: PlainFacts,
  signal?: AbortSignal | undefined,
): Promise<StagedLines> {
  const asItIs = isPlain(facts) ? await stageAsItIs(staging, file, facts) : null
  return asItIs ?? stageRewritten(staging, file, facts, signal)
}

/** Null where the database does not find the lines that are in the file. */
async function stageAsItIs(staging: Staging, { source }: StagedFile, facts: PlainFacts): Promise<StagedLines | null> {
  try {
    const table = await staging.lines(source, facts.longestLine)
    const count = await countRows(staging, table)
    if (count === facts.lines) return { table, count, overlong: 0, findings: [] }
    await staging.db.run(`DROP TABLE ${table}`)
    return null
  } catch (error) {
    if (isRefusedText(error)) return null
    throw error
  }
}

const isRefusedText = (error: unknown): error is Error =>
  error instanceof Error && error.message.startsWith('Invalid Input Error')

const countRows = async ({ db }: Staging, table: string): Promise<number> =>
  Number((await db.rows(`SELECT count(*) AS n FROM ${table}`))[0]?.n)

/** Loads lines written for the database. Throws InputError `binary` where it does not take them as text. */
export async function loadLines(staging: Staging, path: string, longest: number, name: string): Promise<string> {
  try {
    return await staging.lines({ path }, longest)
  } catch (error) {
    if (!isRefusedText(error)) throw error
    throw new InputError(`${name} is not a text file: it holds control characters that no table has.`, {
      code: 'binary',
      file: name,
      cause: error,
    })
  }
}

async function stageRewritten(
  staging: Staging,
  file: StagedFile,
  facts: PlainFacts,
  signal: AbortSignal | undefined,
): Promise<StagedLines> {
  const { name, path } = file.source
  const target = join(staging.options.folder, `lines-${file.index}.tmp`)
  const [carriageReturn = ''] = await absentTexts(path, 1, name)
  try {
    const { count, longest, foreign, overlong } = await rewriteLines(path, target, facts, { carriageReturn, signal })
    const table = await loadLines(staging, target, longest, name)
    if (facts.loneCarriageReturns > 0 && !isReturnsOnly(facts)) {
      const mark = literal(carriageReturn)
      await staging.db.run(`UPDATE ${table} SET l = replace(l, ${mark}, chr(13)) WHERE contains(l, ${mark})`)
    }
    if (count !== lineCount(facts) || (await countRows(staging, table)) !== count) {
      throw new InternalError(`${name}: ${count} lines were read of ${lineCount(facts)}`, { code: 'line-count' })
    }
    await rejectOverlong(staging, file, overlong)
    return { table, count, overlong: overlong.length, findings: foreignFinding(name, foreign) }
  } finally {
    await rm(target, { force: true })
  }
}

interface Rewriting {
  /** Stands for a carriage return inside a line. */
  readonly carriageReturn: string
  readonly signal: AbortSignal | undefined
}

/** Writes the lines again as the database can read them: UTF-8, each ended by LF, one too long as a blank one. */
async function rewriteLines(path: string, target: string, facts: PlainFacts, { carriageReturn, signal }: Rewriting) {
  const result = { count: 0, longest: 0, foreign: noSightings(), overlong: [] as Overlong[] }
  const file = await open(target, 'w')
  let texts: string[] = []
  try {
    await eachLine(
      path,
      facts,
      { signal, onForeign: (line) => saw(result.foreign, line) },
      ({ number, text, bytes }) => {
        result.count = number
        if (bytes > LINE_LIMIT) result.overlong.push({ number, text: text.slice(0, REJECT_TEXT_LIMIT), bytes })
        else {
          const kept = text.replaceAll('\r', carriageReturn)
          // A character of JavaScript text is at most three bytes of UTF-8.
          result.longest = Math.max(result.longest, 3 * kept.length)
          texts.push(kept)
        }
        texts.push('\n')
      },
      async () => {
        await file.writeFile(texts.join(''))
        texts = []
      },
    )
  } finally {
    await file.close()
  }
  return result
}

async function rejectOverlong(staging: Staging, file: StagedFile, overlong: readonly Overlong[]): Promise<void> {
  for (const { number, text, bytes } of overlong) {
    await staging.rejectFrom(
      `SELECT ${file.index}, ${number}, ${literal(overlongReason(bytes))}, NULL, NULL, ${literal(text)}`,
    )
  }
}
