/** The ingest: deliveries in, one new generation of evidence out, or nothing changed at all. */
import { statSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { CancelledError, InputError, UsageError } from '../errors.js'
import { type SnapshotRecord, snapshotId } from '../snapshots/index.js'
import { cleanUp, removeOrphanSnapshots } from '../store/clean-up.js'
import { openEvidence } from '../store/duckdb.js'
import { temporaryFolder } from '../store/generation-files.js'
import type { Limits } from '../store/generations.js'
import type { Workspace } from '../store/workspace.js'
import { acquireWriterLock } from '../store/writer-lock.js'
import { type Deliveries, findDeliveries } from './deliveries.js'
import { type Arrival, foldDeliveries, isUnchanged, PHASES } from './fold-deliveries.js'
import { interruptOn } from './interrupt.js'
import { alreadyKnown, type KnownSnapshots, knownSnapshots, withUnmet } from './known-snapshots.js'
import { deliveryDigest, recognise } from './recognise.js'
import type { IngestedSnapshot, IngestReporter, IngestRequest, IngestResult, OnFolded } from './request.js'
import { stageDelivery } from './stage-delivery.js'
import { readMapping } from './tables/index.js'

export interface IngestContext {
  readonly workspace: Workspace
  readonly limits: Limits
  readonly signal: AbortSignal
  readonly reporter: IngestReporter
  /** The instant of loading; an attribute, never an axis of time. */
  readonly ingestedAt: string
  readonly onFolded?: OnFolded | undefined
}

/**
 * Ingests deliveries into the workspace: all of them, or none.
 * Throws InputError, UsageError, StoreError (another writer, disk full), CancelledError; the store is then as it was.
 */
export async function ingest(request: IngestRequest, context: IngestContext): Promise<IngestResult> {
  const lock = await acquireWriterLock(context.workspace)
  const temporary = temporaryFolder(context.workspace)
  try {
    cleanUp(lock)
    const known = await knownSnapshots(context.workspace, context.limits)
    removeOrphanSnapshots(lock, [...known.keys()])
    await mkdir(temporary, { recursive: true })
    const { deliveries, skipped } = await find(request, context, temporary)
    demandOneForOverride(request, deliveries)
    const arrivals = await stageAll(request, context, { deliveries, known, temporary })
    const settled = arrivals.flatMap((one) => answerWithoutFold(request, one, known))
    if (settled.length === arrivals.length) return { snapshots: settled, generation: null, moved: [], skipped }
    return { ...(await foldDeliveries(request, context, { lock, arrivals, known })), skipped }
  } catch (error) {
    if (context.signal.aborted) {
      throw new CancelledError('The ingest was stopped; the store is as it was.', { code: 'cancelled', cause: error })
    }
    throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
    lock.release()
  }
}

async function find(request: IngestRequest, context: IngestContext, temporary: string): Promise<Deliveries> {
  const { reporter, signal } = context
  reporter.phase('reading files', { step: 1, of: PHASES })
  const mappingText = request.mapping === undefined ? null : await textAt(request.mapping)
  const mapping = mappingText === null ? null : readMapping(mappingText, path.basename(request.mapping ?? ''))
  const unpacked = path.join(temporary, 'unpacked')
  await mkdir(unpacked, { recursive: true })
  return findDeliveries(request.paths, {
    format: request.format,
    mapping,
    mappingText: mapping?.reading ?? null,
    temporary: unpacked,
    signal,
    onFile: () => reporter.advance({ done: 1 }),
  })
}

async function textAt(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new InputError(`The mapping ${path.basename(file)} cannot be read.`, { code: 'unreadable', file, cause })
  }
}

/** The answer for a delivery that changes nothing; none where it has to be folded. */
function answerWithoutFold(request: IngestRequest, arrival: Arrival, known: KnownSnapshots): IngestedSnapshot[] {
  if ('recognised' in arrival) return [arrival.recognised]
  const { record, id } = arrival.staged
  return isUnchanged(request, arrival.staged, known) ? [alreadyKnown(withUnmet(record, id, known), id, known)] : []
}

interface StageWork {
  readonly deliveries: Deliveries['deliveries']
  readonly known: KnownSnapshots
  readonly temporary: string
}

async function stageAll(
  request: IngestRequest,
  context: IngestContext,
  { deliveries, known, temporary }: StageWork,
): Promise<Arrival[]> {
  const { reporter, signal, limits, workspace, ingestedAt } = context
  const digests = deliveries.map((one) => deliveryDigest(one, request, workspace.running.program))
  // Whoever decides about a snapshot has it looked at.
  const answers = request.override === undefined ? await recognise(workspace, limits, digests, known) : new Map()
  const unread = deliveries.filter((_, index) => !answers.has(digests[index] ?? ''))
  const lines = unread.flatMap(({ files }) => files).reduce((sum, { facts }) => sum + facts.lines, 0)
  reporter.phase('staging', { step: 2, of: PHASES, total: lines })
  const arrivals: Arrival[] = []
  for (const [index, delivery] of deliveries.entries()) {
    const digest = digests[index] ?? ''
    const recognised = answers.get(digest)
    if (recognised !== undefined) {
      warnAbout(recognised, delivery.label, reporter)
      arrivals.push({ recognised })
      continue
    }
    const folder = path.join(temporary, `delivery-${index}`)
    const db = await openEvidence(':memory:', {
      mode: 'write',
      tempDirectory: path.join(temporary, 'spill'),
      allowedDirectories: [workspace.root, ...request.paths.map((one) => path.dirname(one))],
      memoryBytes: limits.memoryBytes,
      threads: limits.threads,
    })
    const stopListening = interruptOn(signal, db)
    try {
      const record = await stageDelivery(db, delivery, {
        request,
        folder,
        threads: limits.threads,
        signal,
        reporter,
        program: workspace.running.program,
        ingestedAt,
      })
      reporter.advance({ rejects: rejectedOf(record) })
      warnAbout(record, delivery.label, reporter)
      const alertRules = alertRulesOf(delivery, request)
      arrivals.push({ staged: { record, id: snapshotId(record), folder, alertRules, digest } })
    } finally {
      stopListening()
      await db.close()
    }
    signal.throwIfAborted()
  }
  return arrivals
}

/** Rules named by the mapping stand beside it, those named by `feed.yaml` beside the delivery. */
function alertRulesOf({ feedFile, mapping }: Deliveries['deliveries'][number], request: IngestRequest): string | null {
  const [given] = request.paths
  if (feedFile?.alerts !== undefined && given !== undefined) {
    return path.resolve(statSync(given).isDirectory() ? given : path.dirname(given), feedFile.alerts)
  }
  if (mapping?.alerts !== undefined && request.mapping !== undefined)
    return path.resolve(path.dirname(request.mapping), mapping.alerts)
  return null
}

/** An override is for one snapshot. */
function demandOneForOverride({ override }: IngestRequest, deliveries: Deliveries['deliveries']): void {
  if (override === undefined || deliveries.length === 1) return
  throw new UsageError(`--accept-quarantine is for one delivery; these are ${deliveries.length}.`, {
    code: 'one-delivery',
    suggestions: ['Ingest the delivery that is in quarantine by itself'],
  })
}

type Counted = Pick<SnapshotRecord, 'files' | 'partial'>

const rejectedOf = (record: Counted): number => record.files.reduce((sum, { rejected }) => sum + rejected, 0)

function warnAbout(record: Counted, label: string, reporter: IngestReporter): void {
  const rejected = rejectedOf(record)
  const lines = rejected === 1 ? '1 line' : `${rejected} lines`
  if (rejected > 0) reporter.warn(`${label}: ${lines} could not be read, kept aside: see \`recital rejects\``)
  if (record.partial) reporter.warn(`${label} is incomplete: what is absent from it is not taken as withdrawn`)
}
