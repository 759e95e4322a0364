/**
 * Making the index of a generation: from nothing, or from that of an earlier generation by what differs. The documents
 * are worked out and compared in the database and come through here one by one, so that memory stays bounded.
 */
import { createHash } from 'node:crypto'
import { CancelledError, NotFoundError, StoreError } from '../errors.js'
import type { Evidence } from '../store/duckdb.js'
import { catalogueOf } from '../store/evidence/catalogue.js'
import { type Limits, openCurrentForReading, readCurrent } from '../store/generations.js'
import {
  copyIndex,
  earlierIndex,
  hasIndex,
  type IndexFiles,
  indexFiles,
  openWorkshop,
} from '../store/search/index-files.js'
import { acquireIndexLock, type IndexLock } from '../store/search/index-lock.js'
import { SearchIndex } from '../store/search/index-reader.js'
import { IndexWriter } from '../store/search/index-writer.js'
import type { Workspace } from '../store/workspace.js'
import { type ChangeCounts, collectDocuments, readChanges, writeChanges } from './documents/collect.js'
import { entryOf } from './documents/entry.js'
import { FOLDING } from './text/fold.js'

/** Raised when documents, words or the layout of the index change: older indexes are made anew. */
const INDEX_VERSION = 3
const VERSION = `${INDEX_VERSION}.${FOLDING}`

/** Above this part of all documents it is quicker to make an index from nothing. */
const MOST_CHANGED = 0.25

/** What is told of, in this order. */
export const PHASES = ['collecting documents', 'indexing', 'putting in order'] as const

export interface BuildReporter {
  /** @param total documents that the phase will go through, where it is known */
  phase(what: (typeof PHASES)[number], total?: number): void
  /** Another process makes the index; this one waits for it. */
  waiting(): void
  /** So many more documents are done. */
  advance(documents: number): void
}

export interface BuildContext {
  readonly workspace: Workspace
  readonly limits: Limits
  readonly signal: AbortSignal
  readonly reporter: BuildReporter
  /** Makes it from nothing even where one is there or could be brought up to date. */
  readonly isRebuild: boolean
}

export interface BuiltIndex extends ChangeCounts {
  readonly generation: number
  readonly documents: number
  /** `kept`: there was one already; `updated`: from that of an earlier generation. */
  readonly how: 'kept' | 'built' | 'updated'
}

/** Generations that may be published and removed while one index is made, before it is given up. */
const ATTEMPTS = 3

/**
 * Makes the index of the published generation unless it is there.
 * Throws NotFoundError `no-evidence`, StoreError (`disk-full`, `unwritable`, `overtaken`), CancelledError; a generation
 * without its index is then as it was.
 */
export async function buildIndex(context: BuildContext): Promise<BuiltIndex> {
  const lock = await lockOf(context)
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const built = await attemptToBuild(context)
      if (built !== null) return built
    }
  } finally {
    lock.release()
  }
  throw new StoreError('New evidence was published faster than it could be indexed.', {
    code: 'overtaken',
    suggestions: ['Wait until the ingest has finished, then run `recital reindex`'],
  })
}

async function lockOf({ workspace, signal, reporter }: BuildContext): Promise<IndexLock> {
  try {
    return await acquireIndexLock(workspace, { signal, onWait: () => reporter.waiting() })
  } catch (error) {
    throw signal.aborted ? notMade(error) : error
  }
}

const notMade = (cause: unknown): CancelledError =>
  new CancelledError('The index was not made; the store is as it was.', { code: 'cancelled', cause })

/** Null when the generation was removed meanwhile. */
async function attemptToBuild(context: BuildContext): Promise<BuiltIndex | null> {
  const { workspace, limits, signal } = context
  const workshop = openWorkshop(workspace)
  const current = await openCurrentForReading(workspace, {
    ...limits,
    allowedDirectories: [workshop.folder, workspace.paths.generations],
  })
  if (current === undefined) {
    workshop.clear()
    throw new NotFoundError('Nothing has been ingested yet.', {
      code: 'no-evidence',
      suggestions: ['Ingest a delivery with `recital ingest PATH`'],
    })
  }
  const { number, evidence } = current
  const stop = () => evidence.interrupt()
  signal.addEventListener('abort', stop, { once: true })
  try {
    signal.throwIfAborted()
    const kept = context.isRebuild ? null : await keptIndex(workspace, number)
    if (kept !== null) return kept
    const built = await make(context, { evidence, number, files: workshop.files, folder: workshop.folder })
    return workshop.publish(number) ? built : null
  } catch (error) {
    throw signal.aborted ? notMade(error) : error
  } finally {
    signal.removeEventListener('abort', stop)
    await evidence.close()
    workshop.clear()
  }
}

interface Bench {
  readonly evidence: Evidence
  readonly number: number
  readonly files: IndexFiles
  readonly folder: string
}

async function make(context: BuildContext, { evidence, number, files, folder }: Bench): Promise<BuiltIndex> {
  const { reporter, signal, workspace, isRebuild } = context
  reporter.phase('collecting documents')
  const documents = await collectDocuments(evidence, () => signal.throwIfAborted())
  const changes = `${folder}/changes.parquet`
  let before = isRebuild ? null : await usableBefore(earlierIndex(workspace, number))
  let counts = await writeChanges(evidence, { before: before?.list ?? null, changes, list: files.list })
  if (before !== null && counts.written + counts.removed > documents * MOST_CHANGED) {
    before = null
    counts = await writeChanges(evidence, { before: null, changes, list: files.list })
  }
  if (before !== null) await copyIndex(before.index, files.index)
  reporter.phase('indexing', counts.removed + counts.written + counts.touched)
  const writer = await IndexWriter.open(files.index, before === null)
  try {
    await apply(writer, evidence, changes, (done) => {
      signal.throwIfAborted()
      reporter.advance(done)
    })
    reporter.phase('putting in order')
    writer.finish({
      version: VERSION,
      documents: String(documents),
      generation: String(number),
      basis: await basisOf(evidence),
    })
  } finally {
    writer.close()
  }
  return { generation: number, documents, how: before === null ? 'built' : 'updated', ...counts }
}

/** Hash of the snapshots behind the index, as the query log keeps it. */
async function basisOf(db: Evidence): Promise<string> {
  const { snapshots } = await catalogueOf(db)
  const ids = [...snapshots.values()].map(({ id }) => id).sort()
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex')
}

/** Documents between two looks at whether to stop, and two reports. */
const BATCH = 2000

async function apply(writer: IndexWriter, db: Evidence, file: string, onDone: (done: number) => void): Promise<void> {
  let done = 0
  for await (const { op, id, streams, popularity, body } of readChanges(db, file)) {
    if (op === 'remove') {
      const stored = writer.stored(id)
      writer.remove(entryOf(id, stored.streams, stored.popularity, stored.body))
    } else if (op === 'touch') writer.touch(id, Number(streams), Number(popularity))
    else writer.add(entryOf(id, Number(streams), Number(popularity), body ?? '{}'))
    done += 1
    if (done < BATCH) continue
    onDone(done)
    done = 0
  }
  onDone(done)
}

/** The index that is there already; null where there is none, or that of another version. */
async function keptIndex(workspace: Workspace, number: number): Promise<BuiltIndex | null> {
  if (!hasIndex(workspace, number)) return null
  const index = await openUsable(indexFiles(workspace, number))
  if (index === null) return null
  const documents = index.size()
  index.close()
  return { generation: number, documents, how: 'kept', removed: 0, written: 0, touched: 0 }
}

/** Another program's index, or one that cannot be read, is of no use. */
async function usableBefore(files: IndexFiles | null): Promise<IndexFiles | null> {
  const index = files === null ? null : await openUsable(files)
  index?.close()
  return index === null ? null : files
}

async function openUsable(files: IndexFiles): Promise<SearchIndex | null> {
  try {
    const index = await SearchIndex.open(files.index)
    if (index.meta().version === VERSION) return index
    index.close()
    return null
  } catch (error) {
    if (error instanceof StoreError && error.code === 'damaged') return null
    throw error
  }
}

/** The index of the published generation, made first where there is none. Close it. Throws as `buildIndex`. */
export async function openSearchIndex(context: BuildContext): Promise<SearchIndex> {
  for (;;) {
    const number = readCurrent(context.workspace)
    const index = hasIndex(context.workspace, number) ? await openUsable(indexFiles(context.workspace, number)) : null
    if (index !== null) return index
    await buildIndex(context)
  }
}
