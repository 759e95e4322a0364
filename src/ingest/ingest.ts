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
import { foldDeliveries, isUnchanged, PHASES, type Staged } from './fold-deliveries.js'
import { interruptOn } from './interrupt.js'
import { alreadyKnown, knownSnapshots } from './known-snapshots.js'
import type { IngestReporter, IngestRequest, IngestResult, OnFolded } from './request.js'
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
    const staged = await stageAll(request, context, deliveries, temporary)
    demandOneForOverride(request, staged)
    if (staged.every((one) => isUnchanged(request, one, known))) {
      const snapshots = staged.map(({ record, id }) => alreadyKnown(record, id, known))
      return { snapshots, generation: null, moved: [], skipped }
    }
    return { ...(await foldDeliveries(request, context, { lock, staged, known })), skipped }
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

async function stageAll(
  request: IngestRequest,
  context: IngestContext,
  deliveries: Deliveries['deliveries'],
  temporary: string,
): Promise<Staged[]> {
  const { reporter, signal, limits, workspace, ingestedAt } = context
  const lines = deliveries.flatMap(({ files }) => files).reduce((sum, { facts }) => sum + facts.lines, 0)
  reporter.phase('staging', { step: 2, of: PHASES, total: lines })
  const staged: Staged[] = []
  for (const [index, delivery] of deliveries.entries()) {
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
      staged.push({ record, id: snapshotId(record), folder, alertRules: alertRulesOf(delivery, request) })
    } finally {
      stopListening()
      await db.close()
    }
    signal.throwIfAborted()
  }
  return staged
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
function demandOneForOverride({ override }: IngestRequest, staged: readonly Staged[]): void {
  if (override === undefined || staged.length === 1) return
  throw new UsageError(`--accept-quarantine is for one delivery; these are ${staged.length}.`, {
    code: 'one-delivery',
    suggestions: ['Ingest the delivery that is in quarantine by itself'],
  })
}

const rejectedOf = (record: SnapshotRecord): number => record.files.reduce((sum, { rejected }) => sum + rejected, 0)

function warnAbout(record: SnapshotRecord, label: string, reporter: IngestReporter): void {
  const rejected = rejectedOf(record)
  const lines = rejected === 1 ? '1 line' : `${rejected} lines`
  if (rejected > 0) reporter.warn(`${label}: ${lines} could not be read, kept aside: see \`recital rejects\``)
  if (record.partial) reporter.warn(`${label} is incomplete: what is absent from it is not taken as withdrawn`)
}
