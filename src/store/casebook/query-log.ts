/** The query log: every question asked of the evidence, with what it was answered from. */
import { RecitalError } from '../../errors.js'
import type { Workspace } from '../workspace.js'
import { withCasebook } from './open.js'

/** One question and the outline of its answer. */
export interface LoggedQuery {
  /** RFC 3339 instant. */
  readonly askedAt: string
  /** The command's name, e.g. `lookup`. */
  readonly command: string
  /** Arguments and flags as given. */
  readonly arguments: Readonly<Record<string, unknown>>
  /** Generation of the evidence that answered; null when there was none. */
  readonly generation: number | null
  /** As known on this date; null when the question has no such date. */
  readonly known: string | null
  /** Hash of the snapshots that answered. */
  readonly basisHash: string | null
  /** Rows of the answer. */
  readonly rows: number
  /** The answer in one line. */
  readonly summary: string
}

const INSERT = `
INSERT INTO queries (asked_at, program, command, arguments, generation, known, basis_hash, "rows", summary)
VALUES ($askedAt, $program, $command, $arguments, $generation, $known, $basisHash, $rows, $summary)
`

/**
 * Adds a question to the query log. Never throws: a question whose log cannot be written is still answered.
 * Returns undefined when it is on disk, otherwise a sentence to warn with.
 */
export async function logQuery(workspace: Workspace, query: LoggedQuery): Promise<string | undefined> {
  try {
    const row = { ...query, program: workspace.running.program, arguments: JSON.stringify(query.arguments) }
    await withCasebook(workspace, (database) => database.prepare(INSERT).run(row))
    return undefined
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const next = error instanceof RecitalError ? error.suggestions[0] : undefined
    return `This question was not written to the query log: ${why}${next === undefined ? '' : ` (${next})`}`
  }
}
