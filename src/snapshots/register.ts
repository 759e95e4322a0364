/** Enters a delivery into the evidence: feed, snapshot, its relations, files, rejects and findings. */
import { createHash } from 'node:crypto'
import { InputError } from '../errors.js'
import type { Relation } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { createStatements } from '../store/evidence/schema.js'
import { type GuardSettings, recordColumns, recordSettings } from './guards/record.js'
import { demandSameDefinitions } from './same-definition.js'

export interface SnapshotFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly lines: number
  readonly header: number
  readonly staged: number
  readonly rejected: number
  readonly continued: number
  readonly blank: number
  readonly partial: boolean
  /** As which relation it was read, and its own names of its columns; absent for formats without. */
  readonly columns?: { readonly relation: string; readonly names: readonly string[] } | null
}

export interface SnapshotFinding {
  readonly file: number
  readonly code: string
  readonly relation?: string | undefined
  readonly column?: string | undefined
  readonly line?: number | undefined
  readonly value?: string | undefined
  readonly occurrences: number
  readonly message: string
}

/** A delivery, staged and proved, before it is folded. */
export interface SnapshotRecord {
  readonly feed: string
  readonly provider: string
  readonly policy: string | null
  readonly format: string
  readonly byUnit: boolean
  /** Canonical instants, UTC. */
  readonly published: string
  readonly received: string
  readonly receivedBasis: 'given' | 'published'
  readonly sequence: number | null
  readonly scope: 'full' | 'delta'
  readonly endDates: 'exclusive' | 'inclusive'
  /** Text of the mapping file as far as it says how the content is read; null without one. */
  readonly mapping: string | null
  readonly relations: readonly { readonly relation: Relation; readonly scope: 'full' | 'delta' }[]
  readonly files: readonly SnapshotFile[]
  readonly findings: readonly SnapshotFinding[]
  readonly partial: boolean
  /** What its guards go by. */
  readonly guards: GuardSettings
  readonly ingestedAt: string
  readonly program: string
}

/** What the id of a delivery hangs on. */
type Identified = Omit<SnapshotRecord, 'findings' | 'program' | 'ingestedAt' | 'guards'>

/**
 * Digest of what was delivered and how it is read: the files' sha256 in order, scope, end dates, relations, mapping.
 * The same content under another reading is another snapshot.
 */
export function contentDigest(record: Identified): string {
  const files = record.files.map(({ sha256 }) => sha256).sort()
  const relations = record.relations.map(({ relation, scope }) => `${relation.name}=${scope}`).sort()
  return createHash('sha256')
    .update(JSON.stringify([files, relations, record.scope, record.endDates, record.mapping]))
    .digest('hex')
}

/** Id of a snapshot: its day of publication and 12 digits over feed, content and dates; the same in every workspace. */
export function snapshotId(record: Identified): string {
  const { feed, published, received, sequence } = record
  const digest = createHash('sha256')
    .update(JSON.stringify([feed, contentDigest(record), published, received, sequence]))
    .digest('hex')
  return `${published.slice(0, 10)}-${digest.slice(0, 12)}`
}

const timestamp = (instant: string): string => instant.replace('Z', '')

/** The number of a snapshot by its id; null when it is not in the evidence. */
export async function snapshotNumber(db: Evidence, snapshot: string): Promise<number | null> {
  const [row] = await db.rows('SELECT snapshot_no FROM snapshots WHERE snapshot = $snapshot', { snapshot })
  return row === undefined ? null : Number(row.snapshot_no)
}

async function feedNumber(db: Evidence, record: SnapshotRecord): Promise<number> {
  const [known] = await db.rows('SELECT feed_no, by_unit FROM feeds WHERE feed = $feed', { feed: record.feed })
  if (known !== undefined) {
    if (known.by_unit !== record.byUnit) {
      throw new InputError(`Feed ${record.feed} holds another kind of delivery than ${record.format}.`, {
        code: 'feed-format',
        suggestions: ['Name another feed with --feed'],
      })
    }
    return Number(known.feed_no)
  }
  const [next] = await db.rows('SELECT coalesce(max(feed_no), 0) + 1 AS n FROM feeds')
  const feedNo = Number(next?.n)
  const { feed, provider, policy, byUnit } = record
  await db.run('INSERT INTO feeds VALUES ($feedNo, $feed, $provider, $byUnit, $policy)', {
    feedNo,
    feed,
    provider,
    policy,
    byUnit,
  })
  return feedNo
}

/**
 * Registers a snapshot whose archive folder is written; the fold is a step of its own.
 * @param archive folder of the snapshot's Parquet files
 * @returns its number in this evidence file
 * Throws InputError `feed-format` when the feed's deliveries replace units and this one keys, or the other way round;
 * `relation-differs` when a custom relation is defined otherwise than before.
 */
export async function registerSnapshot(db: Evidence, record: SnapshotRecord, archive: string): Promise<number> {
  await demandSameDefinitions(
    db,
    record.feed,
    record.relations.map(({ relation }) => relation),
  )
  const feedNo = await feedNumber(db, record)
  const [next] = await db.rows('SELECT coalesce(max(snapshot_no), 0) + 1 AS n FROM snapshots')
  const snapshotNo = Number(next?.n)
  for (const { relation } of record.relations) await createStatements(db, relation)
  const [spoken] = record.byUnit ? await db.rows(spokenRange(record, archive)) : []
  await db.run(
    `INSERT INTO snapshots VALUES ($snapshotNo, $snapshot, $feedNo, $format, $published::TIMESTAMP, $received::TIMESTAMP,
       $receivedBasis, $sequence, $scope, $endDates, $digest, $first::TIMESTAMP, $last::TIMESTAMP, $partial, false, $mapping,
       $ingestedAt::TIMESTAMP, $program)`,
    {
      snapshotNo,
      snapshot: snapshotId(record),
      feedNo,
      format: record.format,
      published: timestamp(record.published),
      received: timestamp(record.received),
      receivedBasis: record.receivedBasis,
      sequence: record.sequence,
      scope: record.scope,
      endDates: record.endDates,
      digest: contentDigest(record),
      first: (spoken?.first as string | null | undefined) ?? null,
      last: (spoken?.last as string | null | undefined) ?? null,
      partial: record.partial,
      mapping: record.mapping,
      ingestedAt: timestamp(record.ingestedAt),
      program: record.program,
    },
  )
  await insertParts(db, record, snapshotNo, archive)
  await recordSettings(db, snapshotNo, record.guards)
  await recordColumns(db, snapshotNo, record.files)
  await db.run(
    `UPDATE snapshots AS s SET late = EXISTS (SELECT 1 FROM snapshots e WHERE e.feed_no = s.feed_no AND e.received < s.received
       AND e.published > s.published) WHERE s.feed_no = ${feedNo}`,
  )
  return snapshotNo
}

/** The first and last instant at which the units of a delivery were spoken about. */
function spokenRange(record: SnapshotRecord, archive: string): string {
  const selects = record.relations.map(
    ({ relation }) =>
      `SELECT TRY_CAST(spoken AS TIMESTAMP) AS spoken FROM read_parquet(${literal(`${archive}/${relation.name}.parquet`)}) WHERE unit IS NOT NULL`,
  )
  return `SELECT min(spoken)::VARCHAR AS first, max(spoken)::VARCHAR AS last FROM (${selects.join(' UNION ALL ') || 'SELECT NULL::TIMESTAMP AS spoken'})`
}

async function insertParts(db: Evidence, record: SnapshotRecord, snapshotNo: number, archive: string): Promise<void> {
  const spoken = record.relations.map(
    ({ relation, scope }) => `(${snapshotNo}, ${literal(relation.name)}, ${literal(scope)}, 0, 0, 0, 0, 0, 0, 0, 0)`,
  )
  if (spoken.length > 0) await db.run(`INSERT INTO snapshot_relations VALUES ${spoken.join(', ')}`)
  await insertJson(
    db,
    'files',
    record.files.map((file, file_no) => ({ snapshot_no: snapshotNo, file_no, ...file })),
  )
  await addFindings(db, snapshotNo, record.findings)
  await db.run(
    `INSERT INTO rejects SELECT ${snapshotNo}, file, line, reason, "column", value, raw
     FROM read_parquet(${literal(`${archive}/rejects.parquet`)})`,
  )
}

/** Enters remarks about a registered snapshot. */
export const addFindings = (db: Evidence, snapshotNo: number, findings: readonly SnapshotFinding[]): Promise<void> =>
  insertJson(
    db,
    'findings',
    findings.map((finding) => ({
      snapshot_no: snapshotNo,
      file_no: finding.file,
      code: finding.code,
      relation: finding.relation ?? null,
      column_name: finding.column ?? null,
      line: finding.line ?? null,
      value: finding.value ?? null,
      occurrences: finding.occurrences,
      message: finding.message,
    })),
  )

/** Rows per statement: thousands of files make one delivery. */
const BATCH = 1000

/** Inserts objects whose names are the columns of a table. */
async function insertJson(db: Evidence, table: 'files' | 'findings', rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await db.run(
      `INSERT INTO ${table} BY NAME SELECT unnest(json_transform($json::JSON, '[${columnsOf(table)}]'), recursive := true)`,
      { json: JSON.stringify(rows.slice(start, start + BATCH)) },
    )
  }
}

const columnsOf = (table: 'files' | 'findings'): string =>
  table === 'files'
    ? '{"snapshot_no":"INTEGER","file_no":"INTEGER","name":"VARCHAR","sha256":"VARCHAR","bytes":"BIGINT","lines":"BIGINT","header":"BIGINT","staged":"BIGINT","rejected":"BIGINT","continued":"BIGINT","blank":"BIGINT","partial":"BOOLEAN"}'
    : '{"snapshot_no":"INTEGER","file_no":"INTEGER","code":"VARCHAR","relation":"VARCHAR","column_name":"VARCHAR","line":"BIGINT","value":"VARCHAR","occurrences":"BIGINT","message":"VARCHAR"}'
