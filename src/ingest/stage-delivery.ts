/** One delivery from files to a staged, proved snapshot: read, type, prove, describe. Nothing is in the store yet. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { InputError, InternalError } from '../errors.js'
import { RELATIONS, type Relation, type RelationName } from '../model/relations.js'
import type { SnapshotRecord } from '../snapshots/index.js'
import type { Evidence } from '../store/duckdb.js'
import type { Delivery } from './deliveries.js'
import { findInRelation } from './findings.js'
import { READERS, type SelfDescription } from './format-readers.js'
import type { IngestReporter, IngestRequest, RejectLimit, StagedScope } from './request.js'
import { recordOf } from './snapshot-record.js'
import { type StagedFile, type StagedRelation, Staging } from './staging.js'

export interface StageOptions {
  readonly request: IngestRequest
  /** Folder that becomes the snapshot's archive. */
  readonly folder: string
  readonly threads?: number | undefined
  readonly signal: AbortSignal
  readonly reporter: IngestReporter
  readonly program: string
  readonly ingestedAt: string
}

/** Reads and stages a delivery. Throws InputError (nothing to read, too many rejects), UsageError (feed or dates missing). */
export async function stageDelivery(db: Evidence, delivery: Delivery, options: StageOptions): Promise<SnapshotRecord> {
  const { request, folder, reporter, signal } = options
  await mkdir(folder, { recursive: true })
  const endDates = delivery.mapping?.endDates ?? delivery.feedFile?.endDates ?? 'exclusive'
  const staging = await Staging.open(db, { folder, endDates })
  const self = await READERS[delivery.format](staging, delivery, {
    scope: request.scope,
    threads: options.threads,
    signal,
    onFile: (rows) => reporter.advance({ done: 0, rows }),
  })
  for (const name of delivery.feedFile?.complete ?? []) staging.declare(completeRelation(name, delivery))
  const staged = await staging.finish()
  proveLines(staging.files)
  for (const { relation, parquet } of staged) await findInRelation(db, relation, parquet, staging.findings)
  refuseTooMany(delivery, staging.files, request.maxRejects, await firstRejects(db, folder))
  const scopes = await scopesOf(db, delivery, staging, staged, self)
  return recordOf(delivery, staging, self, scopes, options)
}

function completeRelation(name: string, { mapping }: Delivery): Relation {
  if (mapping?.relation.name === name) return mapping.relation
  if (name in RELATIONS) return RELATIONS[name as RelationName]
  throw new InputError(`feed.yaml names an unknown relation "${name}" as complete.`, { code: 'unknown-relation' })
}

/**
 * Law 1: what became of the lines must add up to the lines counted outside the reader.
 * Throws InternalError `lines-lost`: the reader is wrong, or the file changed under it.
 */
export function proveLines(files: readonly StagedFile[]): void {
  for (const { source, lines, tally } of files) {
    const { header, staged, rejected, continued, blank } = tally
    const sum = header + staged + rejected + continued + blank
    if (sum === lines && Math.min(header, staged, rejected, continued, blank) >= 0) continue
    throw new InternalError(
      `${source.name} has ${lines} lines, but ${header} header + ${staged} staged + ${rejected} rejected + ${continued} continued + ${blank} blank = ${sum}. Nothing was ingested.`,
      {
        code: 'lines-lost',
        file: source.name,
        suggestions: ['Check that the file is not being written to, and try again'],
      },
    )
  }
}

interface RejectExample {
  file: number
  line: number
  reason: string
  value: string | null
}

const EXAMPLES = 5

async function firstRejects(db: Evidence, folder: string): Promise<RejectExample[]> {
  const rows = await db.rows(
    `SELECT file, line, reason, value FROM read_parquet($parquet) ORDER BY file, line, reason LIMIT ${EXAMPLES}`,
    { parquet: path.join(folder, 'rejects.parquet') },
  )
  return rows.map((row) => ({
    file: Number(row.file),
    line: Number(row.line),
    reason: String(row.reason),
    value: row.value === null ? null : String(row.value),
  }))
}

const exceeds = (rejected: number, data: number, limit: RejectLimit): boolean =>
  'lines' in limit ? rejected > limit.lines : rejected * 100 > data * limit.percent

function refuseTooMany(
  delivery: Delivery,
  files: readonly StagedFile[],
  limit: RejectLimit,
  examples: RejectExample[],
): void {
  const rejected = files.reduce((sum, { tally }) => sum + tally.rejected, 0)
  const data = files.reduce((sum, { tally }) => sum + tally.rejected + tally.staged, 0)
  if (!exceeds(rejected, data, limit)) return
  const shown = examples.map(({ file, line, reason, value }) => {
    const name = files[file]?.source.name ?? ''
    return `${name}:${line}: ${reason}${value === null ? '' : ` ("${value.slice(0, 60)}")`}`
  })
  const first = examples[0]
  const allowed = 'lines' in limit ? `${limit.lines} lines` : `${limit.percent} %`
  throw new InputError(
    `${rejected} of ${data} lines in ${delivery.label} cannot be read; the limit is ${allowed}. Nothing was ingested.`,
    {
      code: 'too-many-rejects',
      ...(first === undefined ? {} : { file: files[first.file]?.source.name ?? delivery.label, line: first.line }),
      examples: [...shown, ...(rejected > shown.length ? [`and ${rejected - shown.length} more`] : [])],
      suggestions: [
        'Mend the lines, or accept them with --max-rejects: refused lines stay listed in `recital rejects`',
      ],
    },
  )
}

/**
 * The scope in which the delivery speaks about each relation: full only where it is known to be whole. A cut file, a
 * manifest that disagrees or a row count other than announced never infers a deletion.
 */
async function scopesOf(
  db: Evidence,
  delivery: Delivery,
  staging: Staging,
  staged: readonly StagedRelation[],
  self: SelfDescription,
): Promise<StagedScope[]> {
  const scopes: StagedScope[] = []
  const someCut = staging.files.some(({ partial }) => partial)
  for (const { relation, parquet } of staged) {
    const files = someCut ? await db.rows('SELECT DISTINCT file FROM read_parquet($parquet)', { parquet }) : []
    const cut = files.some((row) => staging.files[Number(row.file)]?.partial === true)
    const announced = delivery.feedFile?.rows?.[relation.name]
    const miscounted =
      announced !== undefined && (await miscount(db, delivery, staging, relation.name, parquet, announced))
    const whole = self.scope === 'full' && !self.partial && !cut && !miscounted
    scopes.push({ relation, scope: whole ? 'full' : 'delta' })
  }
  return scopes
}

async function miscount(
  db: Evidence,
  delivery: Delivery,
  staging: Staging,
  relation: string,
  parquet: string,
  announced: number,
): Promise<boolean> {
  const [row] = await db.rows('SELECT count(*) AS n FROM read_parquet($parquet)', { parquet })
  const found = Number(row?.n ?? 0)
  if (found === announced) return false
  const message = `feed.yaml of ${delivery.label} announces ${announced} rows of ${relation}, ${found} were found: taken as incomplete, no deletion is inferred`
  staging.findings.note(0, { code: 'count-mismatch', relation, value: String(found), message })
  return true
}
