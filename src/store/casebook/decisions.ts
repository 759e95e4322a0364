/** What people decided about conflicts: an append-only record, in which even an undoing is a new row. */
import { NotFoundError, UsageError } from '../../errors.js'
import type { SqliteDatabase } from '../sqlite.js'
import type { Workspace } from '../workspace.js'
import { withCasebook } from './open.js'

/**
 * `explained`: the contradiction has a harmless cause; `accepted`: it is real, and the risk is taken; `disputed`: it is contested
 * with the provider; `identity`: it is settled which thing is meant.
 */
export const VERDICTS = ['explained', 'accepted', 'disputed', 'identity'] as const

export type Verdict = (typeof VERDICTS)[number]

export interface Decision {
  readonly id: number
  /** RFC 3339 instant. */
  readonly decidedAt: string
  readonly program: string
  readonly author: string
  /** The key of the conflict. */
  readonly key: string
  readonly verdict: Verdict | 'undone'
  readonly identity: string | null
  readonly reason: string
  /** The decision that this one undoes. */
  readonly undoes: number | null
}

export type NewDecision = Omit<Decision, 'id' | 'program'>

const COLUMNS = 'id, decided_at AS decidedAt, program, author, "key", verdict, identity, reason, undoes'

/** All decisions ever, oldest first. Throws StoreError as opening the casebook does. */
export const readDecisions = (workspace: Workspace): Promise<Decision[]> =>
  withCasebook(
    workspace,
    (database) => database.prepare(`SELECT ${COLUMNS} FROM decisions ORDER BY id`).all() as Decision[],
  )

/** Decisions about a conflict that were not undone, oldest first. */
export function standingDecisions(all: readonly Decision[], key: string): Decision[] {
  const undone = new Set(all.map(({ undoes }) => undoes))
  return all.filter((one) => one.key === key && one.verdict !== 'undone' && !undone.has(one.id))
}

/**
 * Writes a decision down; once it returns it is on disk. Throws NotFoundError `unknown-decision` and UsageError `already-undone` for
 * an undoing that has nothing to undo, StoreError as opening the casebook does.
 */
export function recordDecision(workspace: Workspace, decision: NewDecision): Promise<Decision> {
  const { program } = workspace.running
  return withCasebook(workspace, (database) =>
    database
      .transaction(() => {
        const written = decision.undoes === null ? decision : { ...decision, key: keyToUndo(database, decision.undoes) }
        const { lastInsertRowid } = database
          .prepare(
            `INSERT INTO decisions (decided_at, program, author, "key", verdict, identity, reason, undoes)
             VALUES ($decidedAt, $program, $author, $key, $verdict, $identity, $reason, $undoes)`,
          )
          .run({ ...written, program })
        return { ...written, program, id: Number(lastInsertRowid) }
      })
      .immediate(),
  )
}

function keyToUndo(database: SqliteDatabase, id: number): string {
  const row = database
    .prepare(
      'SELECT "key", verdict, (SELECT id FROM decisions WHERE undoes = $id) AS undone_by FROM decisions WHERE id = $id',
    )
    .get({ id }) as { key: string; verdict: string; undone_by: number | null } | undefined
  if (row === undefined) {
    throw new NotFoundError(`There is no decision ${id}.`, {
      code: 'unknown-decision',
      excerpt: String(id),
      suggestions: ['`recital decide` lists all decisions with their numbers'],
    })
  }
  if (row.undone_by !== null || row.verdict === 'undone') {
    const what = row.verdict === 'undone' ? 'is an undoing itself' : `was undone by decision ${row.undone_by}`
    throw new UsageError(`Decision ${id} ${what}.`, {
      code: 'already-undone',
      suggestions: ['Decide anew: `recital decide KEY VERDICT --reason TEXT --author NAME`'],
    })
  }
  return row.key
}
