/** Staged deliveries into the history: registered, judged by the guards of their feeds, folded, published at once. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { compareInstants } from '../model/dates/instants.js'
import {
  addFindings,
  type FoldContext,
  foldSnapshot,
  type Judgement,
  judgeSnapshot,
  loadJudgements,
  recordOverride,
  recordSettings,
  registerSnapshot,
  relationChanges,
  type SnapshotRecord,
  snapshotNumber,
} from '../snapshots/index.js'
import type { Evidence } from '../store/duckdb.js'
import { createDeliveryDigests, recordDeliveryDigest } from '../store/evidence/delivery-digests.js'
import { createGuardTables } from '../store/evidence/guard-tables.js'
import { createSchema, storedRelations } from '../store/evidence/schema.js'
import { addTerritorySets } from '../store/evidence/territory-sets.js'
import { beginGeneration, type Limits, type NewGeneration } from '../store/generations.js'
import { raiseFormat, type Workspace } from '../store/workspace.js'
import type { WriterLock } from '../store/writer-lock.js'
import { inOrder } from './finding-log.js'
import { interruptOn } from './interrupt.js'
import { alreadyKnown, asKnown, type KnownSnapshots, outline, withUnmet } from './known-snapshots.js'
import { findUnmetReferences } from './references.js'
import type { IngestedSnapshot, IngestReporter, IngestRequest, IngestResult, OnFolded } from './request.js'

/** A delivery that was read, typed and proved. */
export interface Staged {
  readonly record: SnapshotRecord
  readonly id: string
  /** Folder with its Parquet files, to be moved into the archive. */
  readonly folder: string
  /** Absolute path of the alert rules that its settings name. */
  readonly alertRules: string | null
  readonly digest: string
}

/** A delivery in the order given: staged, or recognised without reading it. */
export type Arrival = { readonly staged: Staged } | { readonly recognised: IngestedSnapshot }

/** Steps of an ingest as they are counted to people. */
export const PHASES = 4

interface Context {
  readonly workspace: Workspace
  readonly limits: Limits
  readonly signal: AbortSignal
  readonly reporter: IngestReporter
  readonly ingestedAt: string
  readonly onFolded?: OnFolded | undefined
}

/** Whether a delivery is known, with the settings that it comes with, and nobody decides anything about it. */
export function isUnchanged(request: IngestRequest, { record, id }: Staged, known: KnownSnapshots): boolean {
  const before = known.get(id)
  if (before === undefined || request.override !== undefined) return false
  const { judgement } = before
  // Nothing that came before there were guards is judged behind its back.
  if (judgement === null) return true
  const { mode, checks } = record.guards
  return judgement.mode === mode && JSON.stringify(judgement.checks) === JSON.stringify(checks)
}

/** Takes staged deliveries into a new generation: all of them, or none. */
export async function foldDeliveries(
  request: IngestRequest,
  context: Context,
  work: { readonly lock: WriterLock; readonly arrivals: readonly Arrival[]; readonly known: KnownSnapshots },
): Promise<Omit<IngestResult, 'skipped'>> {
  const { reporter, signal, limits, workspace } = context
  const { lock, arrivals, known } = work
  const staged = arrivals.flatMap((one) => ('staged' in one ? [one.staged] : []))
  reporter.phase('folding', { step: 3, of: PHASES, total: staged.length })
  const generation = await beginGeneration(lock, { ...limits, inputFolders: [] })
  const db = generation.evidence
  const stopListening = interruptOn(signal, db)
  const moved: string[] = []
  try {
    if (known.size === 0) await createSchema(db, workspace.running.program)
    await createGuardTables(db)
    await createDeliveryDigests(db)
    const folded = new Map<Staged, IngestedSnapshot>()
    const seen = new Map(known)
    // In order of receipt nothing has to be taken back, and what is told of each does not hang on the order given.
    for (const one of [...staged].sort(byReceipt)) {
      const snapshot = await foldOne(one, { db, request, context, moved, known: seen })
      folded.set(one, snapshot)
      if (!seen.has(one.id)) seen.set(one.id, asKnown(snapshot))
      reporter.advance({ done: 1 })
      signal.throwIfAborted()
    }
    const fresh = [...folded].filter(([, one]) => !one.alreadyKnown && one.judgement?.held !== true)
    for (const [{ alertRules }, { id, feed }] of fresh) await context.onFolded?.(db, { id, feed, alertRules })
    const told = arrivals.flatMap((one) => ('staged' in one ? (folded.get(one.staged) ?? []) : [one.recognised]))
    const result = await asTheyStand(db, told, known)
    if (request.dryRun) return { ...result, generation: null }
    reporter.phase('publishing', { step: 4, of: PHASES })
    raiseFormat(workspace)
    await generation.publish(moved)
    moved.length = 0
    return { ...result, generation: generation.number }
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
  readonly db: Evidence
  readonly request: IngestRequest
  readonly context: Context
  readonly moved: string[]
  readonly known: KnownSnapshots
}

const archived = (record: SnapshotRecord, folder: string) =>
  record.relations.map((one) => ({ ...one, parquet: path.join(folder, `${one.relation.name}.parquet`) }))

async function foldOne(staged: Staged, place: FoldPlace): Promise<IngestedSnapshot> {
  const { db, context, moved, known, request } = place
  const { workspace } = context
  const { record, id, folder, digest } = staged
  const before = await snapshotNumber(db, id)
  if (before !== null && isUnchanged(request, staged, known))
    return alreadyKnown(withUnmet(record, id, known), id, known)
  const archive = path.join(workspace.paths.snapshots, id)
  if (before === null) {
    await mkdir(workspace.paths.snapshots, { recursive: true })
    if (existsSync(archive)) await rm(archive, { recursive: true })
    await rename(folder, archive)
    moved.push(archive)
  }
  const number = before ?? (await registerSnapshot(db, record, archive))
  if (before !== null) await recordSettings(db, number, record.guards)
  await recordDeliveryDigest(db, number, digest)
  if (request.override !== undefined) {
    await recordOverride(db, id, { ...request.override, at: context.ingestedAt })
  }
  const fold = { db, archive: workspace.paths.snapshots }
  const judged = await judgeSnapshot(fold, number)
  const isNoNews = before !== null && judged.moved.length === 0
  if (isNoNews) return { ...alreadyKnown(withUnmet(record, id, known), id, known), judgement: judged.judgement }
  return settle(staged, { ...judged, number, archive, fold, isKnown: before !== null })
}

interface JudgedDelivery {
  readonly number: number
  readonly archive: string
  readonly fold: FoldContext
  readonly judgement: Judgement
  readonly moved: readonly number[]
  readonly isKnown: boolean
}

/** Folds what was judged, and finds out what that makes of its territories and references. */
async function settle({ record, id }: Staged, delivery: JudgedDelivery): Promise<IngestedSnapshot> {
  const { number, archive, fold, judgement, moved, isKnown } = delivery
  const { db } = fold
  const folded = await foldSnapshot(fold, number, moved)
  const relations = judgement.held ? await relationChanges(db, number) : folded
  for (const { relation } of record.relations) await addTerritorySets(db, relation, number)
  for (const one of moved) {
    for (const relation of await storedRelations(db)) await addTerritorySets(db, relation, one)
  }
  const inHistory = { ...record, snapshotNo: number, relations: archived(record, archive) }
  const unmet = judgement.held ? [] : await findUnmetReferences(db, inHistory)
  await addFindings(db, number, unmet)
  const findings = inOrder([...record.findings, ...unmet])
  const [row] = await db.rows('SELECT late FROM snapshots WHERE snapshot_no = $number', { number })
  return { ...outline(record, id), findings, late: row?.late === true, alreadyKnown: isKnown, relations, judgement }
}

/** What is told of the deliveries once all are in: a later one may have moved another into quarantine or out of it. */
async function asTheyStand(
  db: Evidence,
  told: readonly IngestedSnapshot[],
  known: KnownSnapshots,
): Promise<Pick<IngestResult, 'snapshots' | 'moved'>> {
  const judgements = await loadJudgements(db, null)
  const rows = await db.rows(
    'SELECT s.snapshot, s.snapshot_no, f.feed FROM snapshots s JOIN feeds f USING (feed_no) ORDER BY f.feed, s.snapshot',
  )
  const numbers = new Map(rows.map((row) => [String(row.snapshot), Number(row.snapshot_no)]))
  const snapshots: IngestedSnapshot[] = []
  for (const one of told) {
    const number = numbers.get(one.id) ?? 0
    const judgement = judgements.get(number) ?? one.judgement
    const isSame = judgement?.held === one.judgement?.held
    snapshots.push({ ...one, judgement, relations: isSame ? one.relations : await relationChanges(db, number) })
  }
  const own = new Set(told.map(({ id }) => id))
  const moved = rows.flatMap((row) => {
    const snapshot = String(row.snapshot)
    const held = judgements.get(Number(row.snapshot_no))?.held ?? false
    const before = known.get(snapshot)
    if (before === undefined || own.has(snapshot) || (before.judgement?.held ?? false) === held) return []
    return [{ feed: String(row.feed), snapshot, held }]
  })
  return { snapshots, moved }
}
