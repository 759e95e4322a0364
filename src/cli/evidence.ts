/** How a query command gets at the evidence, and how its question is entered into the log. */
import { createHash } from 'node:crypto'
import { NotFoundError } from '../errors.js'
import type { Evidence } from '../store/duckdb.js'
import { loadSqlite } from '../store/sqlite.js'
import type { Session } from './session.js'

/** The outline of an answer, for the log. */
export interface AnswerOutline {
  readonly known: string | null
  readonly rows: number
  readonly summary: string
}

export interface Question<T> {
  readonly command: string
  readonly arguments: Readonly<Record<string, unknown>>
  /** Whether it reads few rows of each table: then more than one thread only costs. */
  readonly narrow?: boolean
  /** Folders that statements may read and write besides the archive. */
  readonly folders?: readonly string[]
  /** Loads what the answer will need, while the database is being opened. */
  prepare?(): Promise<unknown>
  ask(db: Evidence, generation: number): Promise<T>
  outline(answer: T): AnswerOutline
}

export const noEvidence = (): NotFoundError =>
  new NotFoundError('Nothing has been ingested yet.', {
    code: 'no-evidence',
    suggestions: ['Ingest a delivery with `recital ingest PATH`'],
  })

/**
 * Opens the published evidence, asks, and logs what was asked, of which generation, when. A question whose log cannot be
 * written is answered all the same, with a warning.
 * Throws NotFoundError `no-evidence` while nothing has been ingested, StoreError as opening does.
 */
export async function askEvidence<T>(session: Session, question: Question<T>): Promise<T> {
  const { openWorkspace } = await import('../store/workspace.js')
  const { openCurrentForReading } = await import('../store/generations.js')
  const workspace = openWorkspace(session.workspaceRoot(), session.running)
  const limits = question.narrow === true ? { threads: 1, ...session.limits } : session.limits
  const opening = openCurrentForReading(workspace, { ...limits, allowedDirectories: question.folders })
  setImmediate(() => void meanwhile(question))
  const current = await opening
  if (current === undefined) {
    throw noEvidence()
  }
  const stop = () => current.evidence.interrupt()
  session.signal.addEventListener('abort', stop, { once: true })
  try {
    const answer = await question.ask(current.evidence, current.number)
    const warning = await log(session, workspace, current, question, answer)
    if (warning !== undefined) session.warn(warning)
    return answer
  } finally {
    session.signal.removeEventListener('abort', stop)
    await current.evidence.close()
  }
}

/** The database opens on a thread of its own; meanwhile this one loads what will be needed afterwards. */
async function meanwhile<T>(question: Question<T>): Promise<void> {
  const loading = [question.prepare?.(), import('../store/casebook/query-log.js'), loadSqlite()]
  // Whoever needs it will load it again, and tell what is wrong.
  await Promise.allSettled(loading)
}

async function log<T>(
  session: Session,
  workspace: Parameters<typeof import('../store/casebook/query-log.js').logQuery>[0],
  current: { number: number; evidence: Evidence },
  question: Question<T>,
  answer: T,
): Promise<string | undefined> {
  const { logQuery } = await import('../store/casebook/query-log.js')
  const { catalogueOf } = await import('../store/evidence/catalogue.js')
  const { snapshots } = await catalogueOf(current.evidence)
  const ids = [...snapshots.values()].map(({ id }) => id).sort()
  const basis = createHash('sha256').update(JSON.stringify(ids))
  return logQuery(workspace, {
    askedAt: session.now().toISOString(),
    command: question.command,
    arguments: question.arguments,
    generation: current.number,
    basisHash: basis.digest('hex'),
    ...question.outline(answer),
  })
}
