/**
 * Deliveries that come again, recognised by the digest of their files and settings before anything is read. The id of a
 * snapshot, and everything else that is told of one, follows from its files, their names, the settings and the program that
 * reads them: where all of these are as they were, so is the answer. Whatever differs, be it a name, is read in full.
 */
import { createHash } from 'node:crypto'
import type { SnapshotFile, SnapshotFinding } from '../snapshots/index.js'
import type { Evidence } from '../store/duckdb.js'
import { canonicalInstant } from '../store/evidence/knowledge.js'
import { type Limits, openCurrentForReading } from '../store/generations.js'
import type { Workspace } from '../store/workspace.js'
import type { Delivery } from './deliveries.js'
import { inOrder } from './finding-log.js'
import { alreadyKnown, type KnownSnapshots } from './known-snapshots.js'
import type { Format, IngestedSnapshot, IngestRequest } from './request.js'

/** Hex sha256 over all that decides how a delivery is read, judged and named. */
export function deliveryDigest(delivery: Delivery, request: IngestRequest, program: string): string {
  const { label, format, feedFile, mapping } = delivery
  const { feed, received, published, sequence, scope, maxRejects, guards } = request
  const files = delivery.files.map(({ source: { name, sha256, bytes } }) => [name, sha256, bytes])
  const settings = { feed, received, published, sequence, scope, maxRejects, guards }
  return createHash('sha256')
    .update(JSON.stringify([program, format, label, files, feedFile, mapping?.text ?? null, settings]))
    .digest('hex')
}

/** What to answer for the deliveries that are in the evidence as they come now, by digest. */
export async function recognise(
  workspace: Workspace,
  limits: Limits,
  digests: readonly string[],
  known: KnownSnapshots,
): Promise<Map<string, IngestedSnapshot>> {
  const ids = new Map([...known].map(([id, { digest }]) => [digest, id]))
  const found = [...new Set(digests)].flatMap((digest) => {
    const id = ids.get(digest)
    return id === undefined ? [] : [{ digest, id }]
  })
  const current = found.length === 0 ? undefined : await openCurrentForReading(workspace, limits)
  if (current === undefined) return new Map()
  try {
    const answers = new Map<string, IngestedSnapshot>()
    for (const { digest, id } of found) {
      const told = await outlineOf(current.evidence, id)
      if (told !== null) answers.set(digest, alreadyKnown(told, id, known))
    }
    return answers
  } finally {
    await current.evidence.close()
  }
}

type Outline = Parameters<typeof alreadyKnown>[0]

/** What the evidence says of a snapshot, apart from its effect; null where it is not there. */
async function outlineOf(db: Evidence, id: string): Promise<Outline | null> {
  const [row] = await db.rows(
    `SELECT s.*, f.feed FROM snapshots s JOIN feeds f USING (feed_no) WHERE s.snapshot = $id`,
    { id },
  )
  if (row === undefined) return null
  const snapshotNo = Number(row.snapshot_no)
  return {
    feed: String(row.feed),
    format: String(row.format) as Format,
    published: canonicalInstant(row.published),
    received: canonicalInstant(row.received),
    receivedBasis: row.received_basis === 'given' ? 'given' : 'published',
    scope: row.scope === 'full' ? 'full' : 'delta',
    partial: row.partial === true,
    files: await filesOf(db, snapshotNo),
    findings: await findingsOf(db, snapshotNo),
  }
}

async function filesOf(db: Evidence, snapshotNo: number): Promise<SnapshotFile[]> {
  const rows = await db.rows('SELECT * FROM files WHERE snapshot_no = $snapshotNo ORDER BY file_no', { snapshotNo })
  return rows.map((row) => ({
    name: String(row.name),
    sha256: String(row.sha256),
    bytes: Number(row.bytes),
    lines: Number(row.lines),
    header: Number(row.header),
    staged: Number(row.staged),
    rejected: Number(row.rejected),
    continued: Number(row.continued),
    blank: Number(row.blank),
    partial: row.partial === true,
  }))
}

const textOf = (value: unknown): string | undefined => (value === null ? undefined : String(value))

/** All findings of a snapshot, those about references that meet nothing among them. */
async function findingsOf(db: Evidence, snapshotNo: number): Promise<SnapshotFinding[]> {
  const rows = await db.rows('SELECT * FROM findings WHERE snapshot_no = $snapshotNo', { snapshotNo })
  return inOrder(
    rows.map((row) => ({
      file: Number(row.file_no),
      code: String(row.code),
      relation: textOf(row.relation),
      column: textOf(row.column_name),
      line: row.line === null ? undefined : Number(row.line),
      value: textOf(row.value),
      occurrences: Number(row.occurrences),
      message: String(row.message),
    })),
  )
}
