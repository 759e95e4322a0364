/** What the workspace holds: feeds, snapshots, statements, rejects; and the refused lines themselves. */
import { NotFoundError } from '../errors.js'
import { displayInstant } from '../model/dates/instants.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { canonicalInstant } from '../store/evidence/knowledge.js'
import { statementsOf, storedRelations } from '../store/evidence/schema.js'

export interface FeedStatus {
  readonly feed: string
  readonly provider: string
  readonly snapshots: number
  readonly lastPublished: string
  readonly lastReceived: string
  /** Days between this feed's last receipt and the workspace's. */
  readonly daysBehind: number
  /** Statements that stand, by relation. */
  readonly statements: Readonly<Record<string, number>>
}

export interface SnapshotStatus {
  readonly id: string
  readonly feed: string
  readonly format: string
  readonly published: string
  readonly received: string
  readonly receivedBasis: string
  readonly scope: string
  readonly late: boolean
  readonly partial: boolean
  readonly files: number
  readonly bytes: number
  readonly lines: number
  readonly rejected: number
  readonly findings: number
  readonly relations: Readonly<
    Record<string, { rows: number; created: number; updated: number; deleted: number; unchanged: number }>
  >
}

export interface EvidenceStatus {
  readonly feeds: readonly FeedStatus[]
  /** In order of receipt. */
  readonly snapshots: readonly SnapshotStatus[]
}

const shown = (value: unknown): string => displayInstant(canonicalInstant(value))

/** Feeds by name and snapshots in order of receipt. */
export async function evidenceStatus(db: Evidence): Promise<EvidenceStatus> {
  const relations = await storedRelations(db)
  const counts =
    relations.length === 0
      ? []
      : await db.rows(
          `${relations
            .map(
              (relation) =>
                `SELECT feed_no, ${literal(relation.name)} AS relation, count(*) AS n FROM ${statementsOf(relation)} WHERE known_to IS NULL GROUP BY feed_no`,
            )
            .join(' UNION ALL ')} ORDER BY feed_no, relation`,
        )
  const feeds = await db.rows(
    `SELECT f.feed_no, f.feed, f.provider, count(*) AS snapshots, max(published) AS published, max(received) AS received,
       date_diff('day', max(received), (SELECT max(received) FROM snapshots)) AS behind
     FROM feeds f JOIN snapshots s USING (feed_no) GROUP BY ALL ORDER BY f.feed`,
  )
  return {
    feeds: feeds.map((row) => ({
      feed: String(row.feed),
      provider: String(row.provider),
      snapshots: Number(row.snapshots),
      lastPublished: shown(row.published),
      lastReceived: shown(row.received),
      daysBehind: Number(row.behind),
      statements: Object.fromEntries(
        counts.filter(({ feed_no }) => feed_no === row.feed_no).map(({ relation, n }) => [String(relation), Number(n)]),
      ),
    })),
    snapshots: await snapshotStatus(db),
  }
}

async function snapshotStatus(db: Evidence): Promise<SnapshotStatus[]> {
  const changes = await db.rows(
    `SELECT snapshot_no, relation, "rows" AS "rows", created, updated, deleted, unchanged FROM snapshot_relations ORDER BY relation`,
  )
  const rows = await db.rows(
    `SELECT s.*, f.feed, d.files, d.bytes, d.lines, d.rejected, coalesce(n.findings, 0) AS findings
     FROM snapshots s JOIN feeds f USING (feed_no)
     LEFT JOIN (SELECT snapshot_no, count(*) AS files, sum(bytes)::BIGINT AS bytes, sum(lines)::BIGINT AS lines,
       sum(rejected)::BIGINT AS rejected FROM files GROUP BY 1) d USING (snapshot_no)
     LEFT JOIN (SELECT snapshot_no, sum(occurrences)::BIGINT AS findings FROM findings GROUP BY 1) n USING (snapshot_no)
     ORDER BY s.received, s.published, f.feed, s.snapshot`,
  )
  return rows.map((row) => ({
    id: String(row.snapshot),
    feed: String(row.feed),
    format: String(row.format),
    published: shown(row.published),
    received: shown(row.received),
    receivedBasis: String(row.received_basis),
    scope: String(row.scope),
    late: row.late === true,
    partial: row.partial === true,
    files: Number(row.files ?? 0),
    bytes: Number(row.bytes ?? 0),
    lines: Number(row.lines ?? 0),
    rejected: Number(row.rejected ?? 0),
    findings: Number(row.findings),
    relations: Object.fromEntries(
      changes
        .filter(({ snapshot_no }) => snapshot_no === row.snapshot_no)
        .map((one) => [
          String(one.relation),
          {
            rows: Number(one.rows),
            created: Number(one.created),
            updated: Number(one.updated),
            deleted: Number(one.deleted),
            unchanged: Number(one.unchanged),
          },
        ]),
    ),
  }))
}

export interface RejectedLine {
  readonly feed: string
  readonly snapshot: string
  readonly file: string
  readonly line: number
  readonly reason: string
  readonly column: string | null
  readonly value: string | null
  readonly raw: string
}

export interface Rejects {
  readonly total: number
  readonly byReason: readonly { readonly reason: string; readonly lines: number }[]
  /** At most `limit`, by feed, snapshot, file and line. */
  readonly lines: readonly RejectedLine[]
}

/** The refused lines of a snapshot, or of all. Throws NotFoundError for an unknown snapshot. */
export async function listRejects(
  db: Evidence,
  options: { snapshot?: string | undefined; limit: number },
): Promise<Rejects> {
  const { snapshot, limit } = options
  if (snapshot !== undefined) await demandSnapshot(db, snapshot)
  const where = snapshot === undefined ? 'true' : 's.snapshot = $snapshot'
  const parameters = snapshot === undefined ? {} : { snapshot }
  const from = `FROM rejects r JOIN snapshots s USING (snapshot_no) JOIN feeds f USING (feed_no)
    JOIN files d ON d.snapshot_no = r.snapshot_no AND d.file_no = r.file_no WHERE ${where}`
  const byReason = await db.rows(
    `SELECT reason, count(*) AS n ${from} GROUP BY reason ORDER BY n DESC, reason`,
    parameters,
  )
  const lines = await db.rows(
    `SELECT f.feed, s.snapshot, d.name, r.line, r.reason, r.column_name, r.value, r.raw ${from}
     ORDER BY f.feed, s.received, s.snapshot, d.name, r.line, r.reason LIMIT ${limit}`,
    parameters,
  )
  return {
    total: byReason.reduce((sum, { n }) => sum + Number(n), 0),
    byReason: byReason.map(({ reason, n }) => ({ reason: String(reason), lines: Number(n) })),
    lines: lines.map((row) => ({
      feed: String(row.feed),
      snapshot: String(row.snapshot),
      file: String(row.name),
      line: Number(row.line),
      reason: String(row.reason),
      column: row.column_name === null ? null : String(row.column_name),
      value: row.value === null ? null : String(row.value),
      raw: String(row.raw ?? ''),
    })),
  }
}

async function demandSnapshot(db: Evidence, snapshot: string): Promise<void> {
  const [found] = await db.rows('SELECT 1 AS n FROM snapshots WHERE snapshot = $snapshot', { snapshot })
  if (found !== undefined) return
  throw new NotFoundError(`There is no snapshot ${snapshot}.`, {
    code: 'unknown-snapshot',
    excerpt: snapshot,
    suggestions: ['List them with `recital status`'],
  })
}
