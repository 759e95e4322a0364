/** The ingest: deliveries in, one new generation of evidence out, or nothing changed at all. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { CancelledError, InputError } from '../errors.js'
import { compareInstants } from '../model/dates/instants.js'
import {
  addFindings,
  foldSnapshot,
  registerSnapshot,
  type SnapshotRecord,
  snapshotId,
  snapshotNumber,
} from '../snapshots/index.js'
import { cleanUp, removeOrphanSnapshots } from '../store/clean-up.js'
import { type Evidence, openEvidence } from '../store/duckdb.js'
import { createSchema } from '../store/evidence/schema.js'
import { addTerritorySets } from '../store/evidence/territory-sets.js'
import { temporaryFolder } from '../store/generation-files.js'
import { beginGeneration, type Limits, type NewGeneration } from '../store/generations.js'
import type { Workspace } from '../store/workspace.js'
import { acquireWriterLock, type WriterLock } from '../store/writer-lock.js'
import { type Deliveries, findDeliveries } from './deliveries.js'
import { inOrder } from './finding-log.js'
import { alreadyKnown, asKnown, type KnownSnapshots, knownSnapshots, outline } from './known-snapshots.js'
import { findUnmetReferences } from './references.js'
import type { IngestedSnapshot, IngestReporter, IngestRequest, IngestResult } from './request.js'
import { stageDelivery } from './stage-delivery.js'
import { readMapping } from './tables/index.js'

export interface IngestContext {
  readonly workspace: Workspace
  readonly limits: Limits
  readonly signal: AbortSignal
  readonly reporter: IngestReporter
  /** The instant of loading; an attribute, never an axis of time. */
  readonly ingestedAt: string
}

interface Staged {
  readonly record: SnapshotRecord
  readonly id: string
  /** Folder with its Parquet files, to be moved into the archive. */
  readonly folder: string
}

const PHASES = 4

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
    const fresh = staged.filter(({ id }) => !known.has(id))
    if (fresh.length === 0)
      return { snapshots: staged.map(({ record, id }) => alreadyKnown(record, id, known)), generation: null, skipped }
    const { snapshots, generation } = await fold(request, context, lock, staged, known)
    return { snapshots, generation, skipped }
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
    mappingText,
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
      staged.push({ record, id: snapshotId(record), folder })
    } finally {
      stopListening()
      await db.close()
    }
    signal.throwIfAborted()
  }
  return staged
}

const INTERRUPT_EVERY_MS = 100

/**
 * Ends what a database does when the signal aborts, and whatever it begins to do after that: between two statements there
 * is nothing to end, and the next one would run to its end. Returns a function that stops listening.
 */
function interruptOn(signal: AbortSignal, db: Evidence): () => void {
  let repeated: NodeJS.Timeout | undefined
  const stop = () => {
    db.interrupt()
    repeated = setInterval(() => db.interrupt(), INTERRUPT_EVERY_MS)
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return () => {
    signal.removeEventListener('abort', stop)
    clearInterval(repeated)
  }
}

const rejectedOf = (record: SnapshotRecord): number => record.files.reduce((sum, { rejected }) => sum + rejected, 0)

function warnAbout(record: SnapshotRecord, label: string, reporter: IngestReporter): void {
  const rejected = rejectedOf(record)
  const lines = rejected === 1 ? '1 line' : `${rejected} lines`
  if (rejected > 0) reporter.warn(`${label}: ${lines} could not be read, kept aside: see \`recital rejects\``)
  if (record.partial) reporter.warn(`${label} is incomplete: what is absent from it is not taken as withdrawn`)
}

async function fold(
  request: IngestRequest,
  context: IngestContext,
  lock: WriterLock,
  staged: readonly Staged[],
  known: KnownSnapshots,
): Promise<{ snapshots: IngestedSnapshot[]; generation: number | null }> {
  const { reporter, signal, limits, workspace } = context
  reporter.phase('folding', { step: 3, of: PHASES, total: staged.length })
  const generation = await beginGeneration(lock, { ...limits, inputFolders: [] })
  const stopListening = interruptOn(signal, generation.evidence)
  const moved: string[] = []
  try {
    if (known.size === 0) await createSchema(generation.evidence, workspace.running.program)
    const folded = new Map<Staged, IngestedSnapshot>()
    const seen = new Map(known)
    // In order of receipt nothing has to be taken back, and what is told of each does not hang on the order given.
    for (const one of [...staged].sort(byReceipt)) {
      const snapshot = await foldOne(generation.evidence, one, { workspace, moved, known: seen })
      folded.set(one, snapshot)
      if (!seen.has(one.id)) seen.set(one.id, asKnown(snapshot))
      reporter.advance({ done: 1 })
      signal.throwIfAborted()
    }
    const snapshots = staged.flatMap((one) => folded.get(one) ?? [])
    if (request.dryRun) return { snapshots, generation: null }
    reporter.phase('publishing', { step: 4, of: PHASES })
    await generation.publish(moved)
    moved.length = 0
    return { snapshots, generation: generation.number }
  } finally {
    stopListening()
    await discard(generation, moved)
  }
}

/** Leaves nothing behind that was not published. */
async function discard(generation: NewGeneration, moved: readonly string[]): Promise<void> {
  await generation.discard()
  for (const folder of moved) await rm(folder, { recursive: true, force: true })
}

const byReceipt = ({ record: a }: Staged, { record: b }: Staged): number =>
  compareInstants(a.received, b.received) || compareInstants(a.published, b.published)

interface FoldPlace {
  readonly workspace: Workspace
  readonly moved: string[]
  readonly known: KnownSnapshots
}

const archived = (record: SnapshotRecord, folder: string) =>
  record.relations.map((one) => ({ ...one, parquet: path.join(folder, `${one.relation.name}.parquet`) }))

async function foldOne(db: Evidence, staged: Staged, place: FoldPlace): Promise<IngestedSnapshot> {
  const { workspace, moved, known } = place
  const { record, id, folder } = staged
  if ((await snapshotNumber(db, id)) !== null) return alreadyKnown(record, id, known)
  const archive = path.join(workspace.paths.snapshots, id)
  await mkdir(workspace.paths.snapshots, { recursive: true })
  if (existsSync(archive)) await rm(archive, { recursive: true })
  await rename(folder, archive)
  moved.push(archive)
  const number = await registerSnapshot(db, record, archive)
  const relations = await foldSnapshot({ db, archive: workspace.paths.snapshots }, number)
  for (const { relation } of record.relations) await addTerritorySets(db, relation, number)
  const unmet = await findUnmetReferences(db, { ...record, snapshotNo: number, relations: archived(record, archive) })
  await addFindings(db, number, unmet)
  const findings = inOrder([...record.findings, ...unmet])
  const [row] = await db.rows('SELECT late FROM snapshots WHERE snapshot_no = $number', { number })
  return { ...outline(record, id), findings, late: row?.late === true, alreadyKnown: false, relations }
}
