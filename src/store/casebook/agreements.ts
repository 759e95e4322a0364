/** How far another system agreed with ours, comparison by comparison; nothing of it is ever changed. */
import type { Workspace } from '../workspace.js'
import { withCasebook } from './open.js'

export interface Agreement {
  /** RFC 3339 instant of the comparison. */
  readonly comparedAt: string
  readonly feed: string
  readonly snapshot: string
  readonly relation: string
  /** Name and sha256 of their file. */
  readonly against: string
  readonly sha256: string
  /** Calendar day by which entries of the allow-list expired. */
  readonly today: string
  /** changes = agreed + explained + unexplained. */
  readonly changes: number
  readonly agreed: number
  readonly explained: number
  readonly unexplained: number
}

const COLUMNS =
  'compared_at AS comparedAt, feed, snapshot, relation, against, sha256, today, changes, agreed, explained, unexplained'

const INSERT = `
INSERT INTO agreements
  (compared_at, program, feed, snapshot, relation, against, sha256, today, changes, agreed, explained, unexplained)
VALUES
  ($comparedAt, $program, $feed, $snapshot, $relation, $against, $sha256, $today, $changes, $agreed, $explained, $unexplained)
`

/** Adds a comparison. Throws StoreError as opening the casebook does. */
export async function recordAgreement(workspace: Workspace, agreement: Agreement): Promise<void> {
  const row = { ...agreement, program: workspace.running.program }
  await withCasebook(workspace, (database) => database.prepare(INSERT).run(row))
}

/** The comparisons of a feed, in the order in which they were made. Throws StoreError as opening the casebook does. */
export function listAgreements(workspace: Workspace, feed: string): Promise<Agreement[]> {
  return withCasebook(
    workspace,
    (database) =>
      database.prepare(`SELECT ${COLUMNS} FROM agreements WHERE feed = $feed ORDER BY id`).all({ feed }) as Agreement[],
  )
}
